/** The references between entities, collected once for all rules. */
import type { Codec, Field } from "../../kinds/field.ts";
import { isEntityKey, localKey, type EntityKey, type KindName, type Reference } from "../../model/entity.ts";
import type { Json, JsonObject, JsonPointer } from "../../model/json.ts";
import { isJsonObject, pointerParts, pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";

export interface Relations {
  /** By key. Entities that could not be read are missing. */
  readonly byKey: ReadonlyMap<EntityKey, DeclaredEntity>;
  /** The references of the entity, each with the place where it is written. */
  referencesOf(entity: DeclaredEntity): readonly WrittenReference[];
  /** The groups that a monitor is in, the nearest first. Groups that contain each other are listed once. */
  groupsAbove(entity: DeclaredEntity): readonly DeclaredEntity[];
}

export interface WrittenReference {
  readonly pointer: JsonPointer;
  /** The reference is the key of a mapping: `{ team: core }` among tags. */
  readonly isAboutKey: boolean;
  readonly kind: KindName;
  readonly to: Reference;
}

export function createRelations(entities: readonly DeclaredEntity[]): Relations {
  const byKey = new Map(entities.map((entity) => [entity.key, entity]));
  const references = new Map<DeclaredEntity, readonly WrittenReference[]>();
  return {
    byKey,
    referencesOf(entity) {
      const known = references.get(entity) ?? writtenReferences(entity);
      references.set(entity, known);
      return known;
    },
    groupsAbove(entity) {
      const groups = new Set<DeclaredEntity>();
      let group = groupOf(entity, byKey);
      while (group !== undefined && !groups.has(group)) {
        groups.add(group);
        group = groupOf(group, byKey);
      }
      return [...groups];
    },
  };
}

function groupOf({ canonical }: DeclaredEntity, byKey: Relations["byKey"]): DeclaredEntity | undefined {
  const parent = canonical["parent"];
  return isEntityKey(parent) ? byKey.get(parent) : undefined;
}

/** Uses the written values, because sets are sorted in the canonical form, which loses their places. */
function writtenReferences({ variant, written }: DeclaredEntity): readonly WrittenReference[] {
  return Object.entries(written).flatMap(([name, value]) => {
    const field = Object.hasOwn(variant.fields, name) ? variant.fields[name] : undefined;
    if (field?.refersTo === undefined) return [];
    const kind = field.refersTo;
    const root = pointerTo(name);
    if (!Array.isArray(value)) return named(field, value).map(({ to }) => ({ ...placed(root, value, to), kind, to }));
    return (value as readonly Json[]).flatMap((item, index) =>
      named(field, [item]).map(({ at, to }) => {
        const within = writtenBelow(item, pointerParts(at).slice(1));
        return { ...placed(`${root}/${index}${within.pointer}`, within.value, to), kind, to };
      }),
    );
  });
}

function named({ codec }: Field, value: Json): ReturnType<NonNullable<Codec["references"]>> {
  return codec.references?.(codec.normalise(value)) ?? [];
}

/** Follows the parts of the canonical place as far as the written value has them; a short form ends earlier. */
function writtenBelow(value: Json, parts: readonly string[]): { readonly pointer: JsonPointer; readonly value: Json } {
  const [part, ...rest] = parts;
  const child = part === undefined || typeof value !== "object" || value === null ? undefined : childOf(value, part);
  if (part === undefined || child === undefined) return { pointer: "", value };
  const below = writtenBelow(child, rest);
  return { pointer: pointerTo(part) + below.pointer, value: below.value };
}

function childOf(value: JsonObject | readonly Json[], part: string): Json | undefined {
  if (isJsonObject(value)) return Object.hasOwn(value, part) ? value[part] : undefined;
  return value[Number(part)];
}

function placed(
  pointer: JsonPointer,
  item: Json,
  to: Reference,
): { readonly pointer: JsonPointer; readonly isAboutKey: boolean } {
  if (!isJsonObject(item) || !isEntityKey(to)) return { pointer, isAboutKey: false };
  const key = localKey(to);
  if (Object.hasOwn(item, key)) return { pointer: pointer + pointerTo(key), isAboutKey: true };
  // A group of a status page contains a list of monitors.
  const lists = Object.entries(item).filter(([, value]) => Array.isArray(value) && value.includes(key));
  const [name, list] = lists[0] ?? [];
  return name === undefined || !Array.isArray(list)
    ? { pointer, isAboutKey: false }
    : { pointer: pointer + pointerTo(name, list.indexOf(key)), isAboutKey: false };
}
