import { canonicalText, pointerTo, type JsonPointer } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, placeIn } from "../entity-finding.ts";
import { spanOf } from "../source/positions.ts";
import type { Rule } from "./rule.ts";

/** A push token is an address: a call of it reaches one monitor, and another one with the same token stays down. */
export const uniqueValues: Rule = {
  name: "unique-values",
  check({ entities }) {
    const first = new Map<string, Claim>();
    return entities.flatMap(claimsOf).flatMap((claim): readonly Finding[] => {
      const other = first.get(claim.value);
      if (other === undefined) first.set(claim.value, claim);
      return other === undefined ? [] : [finding(claim, other)];
    });
  },
};

interface Claim {
  readonly entity: WrittenEntity;
  readonly pointer: JsonPointer;
  /** With the kind and the field that it is the value of. */
  readonly value: string;
}

function claimsOf(entity: WrittenEntity): readonly Claim[] {
  const { kind, variant, written } = entity;
  return Object.entries(variant.fields).flatMap(([name, { isUnique, codec }]): readonly Claim[] => {
    const given = written[name];
    const value = isUnique !== true || given === undefined ? null : codec.normalise(given);
    return value === null ? [] : [{ entity, pointer: pointerTo(name), value: canonicalText([kind, name, value]) }];
  });
}

/** The value is a secret, so it is not quoted. */
function finding({ entity, pointer }: Claim, other: Claim): Finding {
  return findingFor(entity, {
    code: "KS1306",
    severity: "error",
    message: `"${pointer.slice(1)}" is the same as that of ${other.entity.key}`,
    why: "a call reaches one of the two, and the other one stays down",
    hint: "give each monitor a token of its own, or leave it out to get a random one",
    related: { message: "the other one", at: spanOf(placeIn(other.entity, other.pointer), "value") },
    pointer,
  });
}
