import { pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, placeIn, quoted } from "../entity-finding.ts";
import { spanOf } from "../source/positions.ts";
import type { Rule } from "./rule.ts";

/** What the server leaves to one object of a kind: with two that want it, every apply would take it from the other. */
export const onlyOne: Rule = {
  name: "only-one",
  check({ entities }) {
    const first = new Map<string, Claim>();
    return entities.flatMap(claimsOf).flatMap((claim): readonly Finding[] => {
      const what = JSON.stringify([claim.entity.kind, claim.name, claim.value]);
      const other = first.get(what);
      if (other === undefined) first.set(what, claim);
      return other === undefined || other.entity === claim.entity ? [] : [finding(claim, other)];
    });
  },
};

interface Claim {
  readonly entity: WrittenEntity;
  /** Of the field. */
  readonly name: string;
  /** True, or one item of a list as the server compares it. */
  readonly value: Json;
  readonly pointer: JsonPointer;
}

function claimsOf(entity: WrittenEntity): readonly Claim[] {
  const { variant, written } = entity;
  return Object.entries(variant.fields).flatMap(([name, { isExclusive, codec }]): readonly Claim[] => {
    const value = written[name];
    if (isExclusive !== true || value === undefined) return [];
    if (!Array.isArray(value)) {
      const canonical = codec.normalise(value);
      return canonical === true ? [{ entity, name, value: canonical, pointer: pointerTo(name) }] : [];
    }
    return (value as readonly Json[]).flatMap((item, index) => {
      const canonical = codec.normalise([item]) as readonly Json[];
      return canonical.map((one) => ({ entity, name, value: one, pointer: pointerTo(name, index) }));
    });
  });
}

function finding({ entity, name, value, pointer }: Claim, other: Claim): Finding {
  const of = typeof value === "string" ? ` ${quoted(entity, pointer, value)}` : "";
  return findingFor(entity, {
    code: "KS1307",
    severity: "error",
    message: `only one ${entity.kind} can have "${name}"${of}`,
    why: "the server takes it from the others when it saves one of them, so that no apply would ever be the last",
    hint: "leave it to one of the two",
    related: { message: "the other one", at: spanOf(placeIn(other.entity, other.pointer), "value") },
    pointer,
  });
}
