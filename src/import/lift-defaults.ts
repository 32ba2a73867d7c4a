/**
 * Moves values that nearly all monitors share to `defaults`. A monitor that did not write such a field had the default of
 * its type, and now has to write that default.
 */
import { defaultOf, type Field } from "../kinds/field.ts";
import type { Kind } from "../kinds/kind.ts";
import { canonicalText, isEqualJson, type Json, type JsonObject } from "../model/json.ts";
import type { ImportedEntity } from "./imported.ts";

/** With fewer monitors, the values are easier to read on the monitors themselves. */
const fewest = 5;
const share = 0.8;

/** Fields that identify one monitor; they never go under `defaults`. */
const ownFields: readonly string[] = ["name", "parent", "active", "url", "hostname"];

export interface Lifted {
  /** Absent if no value is shared. */
  readonly defaults?: JsonObject;
  readonly entities: readonly ImportedEntity[];
}

/** Lifts defaults for the entities of one kind and returns all others unchanged. */
export function liftDefaults(entities: readonly ImportedEntity[], kind: Kind): Lifted {
  return lift(entities, { kind, fewest, share, isOf: () => true, isLifted: () => true });
}

/**
 * What all monitors of a type share, for what the defaults of the kind do not have: `defaults` are those. By type, then by
 * field. No monitor has to write more than before.
 */
export function liftTypeDefaults(
  entities: readonly ImportedEntity[],
  { kind, defaults }: { readonly kind: Kind; readonly defaults: JsonObject },
): { readonly byType: JsonObject; readonly entities: readonly ImportedEntity[] } {
  const types = new Set(
    entities.flatMap(({ kind: name, fields }) => (name === kind.name ? (fields["type"] ?? []) : [])),
  );
  const byType: Record<string, Json> = {};
  let rest = entities;
  for (const type of types) {
    // A group is not checked, so that most of its fields say nothing.
    if (typeof type !== "string" || type === "group") continue;
    const lifted = lift(rest, {
      kind,
      fewest: fewestOfType,
      share: 1,
      isOf: ({ fields }) => fields["type"] === type,
      isLifted: (name) => name !== "type" && !Object.hasOwn(defaults, name),
    });
    if (
      lifted.defaults === undefined ||
      linesOf(rest) - linesOf(lifted.entities) <= Object.keys(lifted.defaults).length + 1
    )
      continue;
    byType[type] = lifted.defaults;
    rest = lifted.entities;
  }
  return { byType, entities: rest };
}

const fewestOfType = 3;

function linesOf(entities: readonly ImportedEntity[]): number {
  return entities.reduce((sum, { fields }) => sum + Object.keys(fields).length, 0);
}

interface Lifting {
  readonly kind: Kind;
  readonly fewest: number;
  /** Of those with the field, how many have the same value. */
  readonly share: number;
  readonly isOf: (entity: ImportedEntity) => boolean;
  readonly isLifted: (name: string) => boolean;
}

function lift(entities: readonly ImportedEntity[], lifting: Lifting): Lifted {
  const { kind, isOf, isLifted } = lifting;
  const own = new Set(
    entities.filter((entity) => entity.kind === kind.name && entity.obstacle === undefined && isOf(entity)),
  );
  if (own.size < lifting.fewest) return { entities };
  const names = new Set([...own].flatMap(({ fields }) => Object.keys(fields)).filter(isLifted));
  const shared = [...names].flatMap((name): [string, Json][] => {
    const value = sharedValue([...own], name, lifting);
    return value === undefined ? [] : [[name, value]];
  });
  if (shared.length === 0) return { entities };
  return {
    defaults: Object.fromEntries(shared),
    entities: entities.map((entity) => (own.has(entity) ? withoutShared(entity, shared, kind) : entity)),
  };
}

/** The most frequent value of the field; undefined if an entity without the field could not write its default. */
function sharedValue(
  entities: readonly ImportedEntity[],
  name: string,
  { kind, fewest: least, share: part }: Lifting,
): Json | undefined {
  if (ownFields.includes(name)) return undefined;
  const having = entities.filter((entity) => fieldOf(entity, name, kind) !== undefined);
  if (having.length < Math.max(least, entities.length * part)) return undefined;
  const counts = new Map<string, { readonly value: Json; readonly count: number }>();
  for (const { fields } of having) {
    const value = fields[name];
    if (value === undefined) continue;
    const text = canonicalText(value);
    counts.set(text, { value, count: (counts.get(text)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].toSorted((left, right) => right.count - left.count);
  if (most === undefined || most.count < having.length * part || hasExpression(most.value)) return undefined;
  const canAll = having.every(
    (entity) => entity.fields[name] !== undefined || writtenDefault(entity, name, kind) !== undefined,
  );
  return canAll ? most.value : undefined;
}

function withoutShared(
  entity: ImportedEntity,
  shared: readonly (readonly [string, Json])[],
  kind: Kind,
): ImportedEntity {
  const fields: Record<string, Json> = { ...entity.fields };
  for (const [name, value] of shared) {
    const written = fields[name];
    if (written !== undefined && isEqualJson(written, value)) delete fields[name];
    else if (written === undefined) {
      const fallback = writtenDefault(entity, name, kind);
      if (fallback !== undefined) fields[name] = fallback;
    }
  }
  return { ...entity, fields };
}

function fieldOf({ fields }: ImportedEntity, name: string, kind: Kind): Field | undefined {
  const { type } = fields;
  return kind.variant(typeof type === "string" ? type : undefined)?.fields[name];
}

/** The written value that gives the default; undefined if there is none. */
function writtenDefault(entity: ImportedEntity, name: string, kind: Kind): Json | undefined {
  const field = fieldOf(entity, name, kind);
  if (field === undefined || field.isKeptUnlessWritten === true) return undefined;
  // Of a loop, the defaults that depend on the interval are not known.
  if (hasExpression(entity.fields["interval"] ?? null)) return undefined;
  const canonical = defaultOf(field, canonicalOthers(entity, kind));
  return canonical === null ? undefined : (field.codec.written?.(canonical) ?? canonical);
}

/** The canonical values that a default may depend on, as far as the entity writes them. */
function canonicalOthers({ fields }: ImportedEntity, kind: Kind): JsonObject {
  const known = kind.variant(typeof fields["type"] === "string" ? fields["type"] : undefined)?.fields ?? {};
  const { interval } = known;
  if (interval === undefined) return {};
  const written = fields["interval"];
  return { interval: written === undefined ? defaultOf(interval) : interval.codec.normalise(written) };
}

function hasExpression(value: Json): boolean {
  return JSON.stringify(value).includes("${");
}
