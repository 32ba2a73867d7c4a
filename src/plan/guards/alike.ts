/** Which of many entities is most of what an object on the server is, without looking at each of them for each object. */
import type { DesiredEntity, KindName } from "../../model/entity.ts";
import { canonicalText, isEqualJson, pointerTo, type JsonObject } from "../../model/json.ts";

/** Of the fields that somebody wrote. */
const alikePart = 0.8;

export interface AlikeIndex {
  /** The first that is alike and was not taken. */
  find(kind: KindName, before: JsonObject): DesiredEntity | undefined;
  take(entity: DesiredEntity): void;
}

/**
 * An entity is found by the rarest of its values. What is alike differs in so few that one of these must be the same, so
 * they lead to it, and to few others: names and addresses are rare, intervals are not.
 */
export function alikeIndex(entities: readonly DesiredEntity[]): AlikeIndex {
  const order = new Map(entities.map((entity, place) => [entity, place]));
  const values = new Map(
    entities.map((entity) => [entity, writtenFields(entity).map((name) => valueText(entity, name))]),
  );
  const counts = new Map<string, number>();
  for (const text of [...values.values()].flat()) counts.set(text, (counts.get(text) ?? 0) + 1);
  const byValue = new Map<string, Set<DesiredEntity>>();
  for (const [entity, texts] of values) {
    // One more, for a field that the object does not have.
    const enough = texts.length - Math.ceil(alikePart * texts.length) + 2;
    const rarest = texts.toSorted((left, right) => (counts.get(left) ?? 0) - (counts.get(right) ?? 0)).slice(0, enough);
    values.set(entity, rarest);
    for (const text of rarest) byValue.set(text, (byValue.get(text) ?? new Set()).add(entity));
  }
  return {
    find: (kind, before) => {
      const found = Object.keys(before).flatMap((name) => {
        const same = byValue.get(valueText({ kind, spec: before }, name)) ?? [];
        for (const entity of same) if (isAlike(entity, before)) return [entity];
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

function isAlike(entity: DesiredEntity, before: JsonObject): boolean {
  const written = writtenFields(entity).filter((name) => Object.hasOwn(before, name));
  const same = written.filter((name) => isEqualJson(entity.spec[name] ?? null, before[name] ?? null));
  return written.length > 0 && same.length >= alikePart * written.length;
}
