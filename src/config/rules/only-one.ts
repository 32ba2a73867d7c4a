import { isEqualJson, pointerTo, type Json } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, isHidden, placeIn } from "../entity-finding.ts";
import { spanOf } from "../positions.ts";
import type { Rule } from "./rule.ts";

/** What the server leaves to one object of a kind: with two that want it, every apply would take it from the other. */
export const onlyOne: Rule = {
  name: "only-one",
  check({ entities }) {
    const first = new Map<string, WrittenEntity>();
    return entities.flatMap((entity) =>
      claimsOf(entity).flatMap(({ name, value }): readonly Finding[] => {
        const claim = JSON.stringify([entity.kind, name, value]);
        const other = first.get(claim);
        if (other !== undefined) return [finding(entity, other, { name, value })];
        first.set(claim, entity);
        return [];
      }),
    );
  },
};

interface Claim {
  readonly name: string;
  /** True, or one item of a list. */
  readonly value: Json;
}

function claimsOf({ variant, written }: WrittenEntity): readonly Claim[] {
  return Object.entries(variant.fields).flatMap(([name, { isExclusive, codec }]): readonly Claim[] => {
    const value = written[name];
    if (isExclusive !== true || value === undefined) return [];
    const canonical = codec.normalise(value);
    const values: readonly Json[] = Array.isArray(canonical) ? canonical : [canonical];
    return values.filter((item) => item !== false && item !== null).map((item) => ({ name, value: item }));
  });
}

function finding(entity: WrittenEntity, other: WrittenEntity, { name, value }: Claim): Finding {
  const pointer = pointerTo(name);
  const isShown = !isEqualJson(value, true) && !isHidden(entity, pointer);
  const of = isShown ? ` ${JSON.stringify(value)}` : "";
  return findingFor(entity, {
    code: "KS1307",
    severity: "error",
    message: `only one ${entity.kind} can have "${name}"${of}`,
    why: "the server takes it from the others when it saves one of them, so that no apply would ever be the last",
    hint: "leave it to one of the two",
    related: { message: "the other one", at: spanOf(placeIn(other, pointer), "value") },
    pointer,
  });
}
