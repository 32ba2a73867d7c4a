import { canonicalText } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, placeIn, quoted } from "../entity-finding.ts";
import { spanOf } from "../positions.ts";
import type { Rule } from "./rule.ts";

/**
 * Names are used once: tags are bound by name, so there it is an error; two monitors of one name in one group only leave
 * people guessing which one is down.
 */
export const displayNames: Rule = {
  name: "display-names",
  check({ entities }) {
    const first = new Map<string, WrittenEntity>();
    return entities.flatMap((entity) => {
      const { kind, name, written } = entity;
      const scope = `${kind} ${canonicalText(written["parent"] ?? null)} ${name}`;
      const other = first.get(scope);
      if (other !== undefined) return [finding(entity, other)];
      first.set(scope, entity);
      return [];
    });
  },
};

function finding(entity: WrittenEntity, other: WrittenEntity): Finding {
  const isTag = entity.kind === "tag";
  return findingFor(entity, {
    code: "KS1304",
    severity: isTag ? "error" : "warning",
    message: `two ${entity.kind}s are named ${quoted(entity, "/name", entity.name)}`,
    hint: isTag ? "tags are known by their name: give each its own" : "give each a name of its own",
    related: { message: "the other one", at: spanOf(...namePlace(other)) },
    pointer: namePlace(entity)[1] === "value" ? "/name" : "",
  });
}

function namePlace(entity: WrittenEntity): Parameters<typeof spanOf> {
  const isWritten = Object.hasOwn(entity.written, "name");
  return isWritten ? [placeIn(entity, "/name"), "value"] : [entity.place, "key"];
}
