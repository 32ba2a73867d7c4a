import { canonicalText, pointerTo } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, placeIn, quoted } from "../entity-finding.ts";
import { spanOf } from "../source/positions.ts";
import type { ConfigRule } from "./rule.ts";

/**
 * Names should be unique. For tags (matched by name) and slugs (addresses), a repeated name is an error. Two monitors
 * with the same name in one group are a warning, because people cannot tell which one is down.
 */
export const displayNames: ConfigRule = {
  name: "display-names",
  checkAll({ entities }) {
    const first = new Map<string, DeclaredEntity>();
    return entities.flatMap((entity) => {
      const { kind, name, canonical } = entity;
      const scope = `${kind} ${canonicalText(canonical["parent"] ?? null)} ${name}`;
      const other = first.get(scope);
      if (other !== undefined) return [finding(entity, other)];
      first.set(scope, entity);
      return [];
    });
  },
};

function finding(entity: DeclaredEntity, other: DeclaredEntity): Finding {
  const { kind, variant } = entity;
  const isTag = kind === "tag";
  const field = variant.nameField ?? "name";
  return findingFor(entity, {
    code: "KS1304",
    severity: isTag || kind === "status-page" ? "error" : "warning",
    message: `two ${kind}s are named ${quoted(entity, pointerTo(field), entity.name)}`,
    hint: isTag ? "tags are known by their name: give each its own" : `give each a ${field} of its own`,
    related: { message: "the other one", at: spanOf(...namePlace(other)) },
    pointer: namePlace(entity)[1] === "value" ? pointerTo(field) : "",
  });
}

function namePlace(entity: DeclaredEntity): Parameters<typeof spanOf> {
  const field = entity.variant.nameField ?? "name";
  const isWritten = Object.hasOwn(entity.written, field);
  return isWritten ? [placeIn(entity, pointerTo(field)), "value"] : [placeIn(entity, ""), "key"];
}
