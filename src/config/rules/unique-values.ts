import { canonicalText, pointerTo } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, placeIn } from "../entity-finding.ts";
import { spanOf } from "../source/positions.ts";
import type { ConfigRule } from "./rule.ts";

/** A push token is an address. A call reaches only one monitor, so a second one with the same token stays down. */
export const uniqueValues: ConfigRule = {
  name: "unique-values",
  checkAll({ entities }) {
    const first = new Map<string, DeclaredEntity>();
    return entities.flatMap((entity) =>
      uniqueFields(entity).flatMap((field): readonly Finding[] => {
        const value = canonicalText([entity.kind, field, entity.canonical[field] ?? null]);
        const other = first.get(value);
        if (other === undefined) first.set(value, entity);
        return other === undefined ? [] : [sameValue(entity, field, other)];
      }),
    );
  },
};

/** The written fields whose value no other entity of the kind may have. */
function uniqueFields({ variant, written, canonical }: DeclaredEntity): readonly string[] {
  return Object.keys(written).filter(
    (name) => variant.fields[name]?.isUnique === true && (canonical[name] ?? null) !== null,
  );
}

/** The value is a secret, so it is not quoted. */
function sameValue(entity: DeclaredEntity, field: string, other: DeclaredEntity): Finding {
  return findingFor(entity, {
    code: "KS1306",
    severity: "error",
    message: `"${field}" is the same as that of ${other.key}`,
    why: "a call reaches one of the two, and the other one stays down",
    hint: "give each monitor a token of its own, or leave it out to get a random one",
    related: { message: "the other one", at: spanOf(placeIn(other, pointerTo(field)), "value") },
    pointer: pointerTo(field),
  });
}
