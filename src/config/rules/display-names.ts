import type { KindName } from "../../model/entity.ts";
import { canonicalText, pointerTo } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, placeIn, quoted } from "../entity-finding.ts";
import { spanOf } from "../positions.ts";
import type { Rule } from "./rule.ts";

/**
 * Names are used once: tags are bound by name and two status pages cannot have one address, so there it is an error; two
 * monitors of one name in one group only leave people guessing which one is down.
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

/** Kinds whose objects cannot share a name. */
const needed: Readonly<Partial<Record<KindName, string>>> = {
  tag: "tags are known by their name: give each its own",
  "status-page": "it is the page's address: write a slug of its own",
};

function finding(entity: WrittenEntity, other: WrittenEntity): Finding {
  const wayOn = needed[entity.kind];
  const pointer = pointerTo(nameField(entity));
  const isWritten = Object.hasOwn(entity.written, nameField(entity));
  return findingFor(entity, {
    code: "KS1304",
    severity: wayOn === undefined ? "warning" : "error",
    message: `two ${entity.kind}s are named ${quoted(entity, pointer, entity.name)}`,
    hint: wayOn ?? "give each a name of its own",
    related: { message: "the other one", at: spanOf(...namePlace(other)) },
    pointer: isWritten ? pointer : "",
  });
}

function namePlace(entity: WrittenEntity): Parameters<typeof spanOf> {
  const name = nameField(entity);
  return Object.hasOwn(entity.written, name) ? [placeIn(entity, pointerTo(name)), "value"] : [entity.place, "key"];
}

function nameField({ variant }: WrittenEntity): string {
  return variant.nameField ?? "name";
}
