import { pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import type { Finding } from "../../model/finding.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, placeIn, quoted } from "../entity-finding.ts";
import { spanOf } from "../source/positions.ts";
import type { ConfigRule } from "./rule.ts";

/**
 * Values that the server allows on only one object of a kind. If two objects want it, each apply would move it back and
 * forth.
 */
export const onlyOne: ConfigRule = {
  name: "only-one",
  checkAll({ entities }) {
    const first = new Map<string, ExclusiveValue>();
    return entities.flatMap(exclusiveValues).flatMap((value): readonly Finding[] => {
      const what = JSON.stringify([value.entity.kind, value.name, value.value]);
      const other = first.get(what);
      if (other === undefined) first.set(what, value);
      return other === undefined || other.entity === value.entity ? [] : [finding(value, other)];
    });
  },
};

interface ExclusiveValue {
  readonly entity: DeclaredEntity;
  /** Of the field. */
  readonly name: string;
  /** True, or one item of a list as the server compares it. */
  readonly value: Json;
  readonly pointer: JsonPointer;
}

function exclusiveValues(entity: DeclaredEntity): readonly ExclusiveValue[] {
  const { variant, written } = entity;
  return Object.entries(written).flatMap(([name, value]): readonly ExclusiveValue[] => {
    const field = variant.fields[name];
    if (field?.isExclusive !== true) return [];
    if (!Array.isArray(value)) {
      const canonical = entity.canonical[name] ?? null;
      return canonical === true ? [{ entity, name, value: canonical, pointer: pointerTo(name) }] : [];
    }
    return (value as readonly Json[]).flatMap((item, index) => {
      const canonical = field.codec.normalise([item]) as readonly Json[];
      return canonical.map((one) => ({ entity, name, value: one, pointer: pointerTo(name, index) }));
    });
  });
}

function finding({ entity, name, value, pointer }: ExclusiveValue, other: ExclusiveValue): Finding {
  const of = typeof value === "string" ? ` ${quoted(entity, pointer, value)}` : "";
  return findingFor(entity, {
    code: "KS1307",
    severity: "error",
    message: `only one ${entity.kind} can have "${name}"${of}`,
    why: "when the server saves one of them, it takes this from the others, so every plan would show a change",
    hint: "keep it on one of the two",
    related: { message: "the other one", at: spanOf(placeIn(other.entity, other.pointer), "value") },
    pointer,
  });
}
