/** Finds the entity that is most similar to an object, without comparing the object with every entity. */
import type { DesiredEntity, KindName } from "../../model/entity.ts";
import { canonicalText, isEqualJson, pointerTo, type JsonObject } from "../../model/json.ts";

/** The share of the declared fields that must be equal. */
const alikePart = 0.8;

export interface AlikeIndex {
  /** The first similar entity that was not found before. */
  find(kind: KindName, before: JsonObject): DesiredEntity | undefined;
  take(entity: DesiredEntity): void;
}

/**
 * An entity is found by its rarest values, such as its name and address. Similar entities differ in few fields, so at
 * least one of these values is the same, and few other entities have it. If the type differs and lacks some of the
 * fields, the entity may be missed; the result is only used for a hint.
 */
export function alikeIndex(entities: readonly DesiredEntity[]): AlikeIndex {
  const order = new Map(entities.map((entity, place) => [entity, place]));
  const written = new Map(entities.map((entity) => [entity, writtenFields(entity)]));
  const values = new Map([...written].map(([entity, names]) => [entity, names.map((name) => valueText(entity, name))]));
  const counts = new Map<string, number>();
  for (const text of [...values.values()].flat()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const byValue = new Map<string, Set<DesiredEntity>>();
  for (const [entity, texts] of values) {
    const enough = texts.length - Math.ceil(alikePart * texts.length) + 1;
    const rarest = texts.toSorted((left, right) => (counts.get(left) ?? 0) - (counts.get(right) ?? 0)).slice(0, enough);
    values.set(entity, rarest);
    for (const text of rarest) byValue.set(text, (byValue.get(text) ?? new Set()).add(entity));
  }
  return {
    find: (kind, before) => {
      const found = Object.keys(before).flatMap((name) => {
        const same = byValue.get(valueText({ kind, spec: before }, name)) ?? [];
        for (const entity of same) if (isAlike(entity, before, written.get(entity) ?? [])) return [entity];
        return [];
      });
      return found.toSorted((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0))[0];
    },
    take: (entity) => {
      for (const text of values.get(entity) ?? []) byValue.get(text)?.delete(entity);
    },
  };
}

function valueText({ kind, spec }: Pick<DesiredEntity, "kind" | "spec">, name: string): string {
  return `${kind} ${name} ${canonicalText(spec[name] ?? null)}`;
}

function writtenFields({ spec, defaulted }: DesiredEntity): readonly string[] {
  const unwritten = new Set(defaulted);
  return Object.keys(spec).filter((name) => !unwritten.has(pointerTo(name)));
}

function isAlike({ spec }: DesiredEntity, before: JsonObject, written: readonly string[]): boolean {
  const told = written.filter((name) => Object.hasOwn(before, name));
  const same = told.filter((name) => isEqualJson(spec[name] ?? null, before[name] ?? null));
  return told.length > 0 && same.length >= alikePart * told.length;
}
