import type { Codec, Field } from "../../kinds/field.ts";
import { entityKey, isEntityKey, localKey, type EntityKey, type KindName, type Reference } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import {
  isJsonObject,
  pointerParts,
  pointerTo,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, isHidden, quoted } from "../entity-finding.ts";
import { guess } from "../../model/guess.ts";
import { spanOf, type Place } from "../source/positions.ts";
import type { Rule, RuleInput } from "./rule.ts";

/** Every key that is named is declared, and a parent is a group. */
export const references: Rule = {
  name: "references",
  check(input) {
    const types = new Map(input.entities.map(({ key, variant }) => [key, variant.type]));
    const nearest = createNearest(input);
    return input.entities.flatMap((entity) =>
      writtenReferences(entity).flatMap((reference) => {
        if (!isEntityKey(reference.to)) return [];
        if (!input.declared.has(reference.to)) return input.isComplete ? [unknown(entity, reference, nearest)] : [];
        const isParent = reference.pointer === "/parent";
        const type = types.get(reference.to);
        return isParent && type !== undefined && type !== "group" ? [notGroup(entity, reference, input)] : [];
      }),
    );
  },
};

interface WrittenReference {
  readonly pointer: JsonPointer;
  /** The reference is a key of a mapping: `{ team: core }` among tags. */
  readonly isAboutKey: boolean;
  readonly kind: KindName;
  readonly to: Reference;
}

/** With the places where they are written: in the canonical form sets are sorted, and places lost. */
export function writtenReferences(entity: WrittenEntity): WrittenReference[] {
  return Object.entries(entity.written).flatMap(([name, value]) => {
    const field = Object.hasOwn(entity.variant.fields, name) ? entity.variant.fields[name] : undefined;
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

/** As far down as what was written has the parts of the canonical place: a short form ends earlier. */
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
  // A group of a status page has a list of its own.
  const lists = Object.entries(item).filter(([, value]) => Array.isArray(value) && value.includes(key));
  const [name, list] = lists[0] ?? [];
  return name === undefined || !Array.isArray(list)
    ? { pointer, isAboutKey: false }
    : { pointer: pointer + pointerTo(name, list.indexOf(key)), isAboutKey: false };
}

/** Guesses cost a comparison with every key; beyond these the list of findings is too long to be read anyway. */
const maxGuesses = 100;

interface Near {
  readonly key: string;
  readonly place: Place;
}

type Nearest = (kind: KindName, key: string) => Near | undefined;

/** The declared key that was probably meant. */
function createNearest({ declared }: RuleInput): Nearest {
  const known = new Map<string, Near | undefined>();
  return (kind, key) => {
    const id = entityKey(kind, key);
    if (known.has(id) || known.size >= maxGuesses) return known.get(id);
    const near = guess(
      key,
      [...declared.keys()].filter((other) => other.startsWith(`${kind}/`)).map((other) => localKey(other)),
    );
    const place = near === undefined ? undefined : declared.get(entityKey(kind, near))?.place;
    const result = near === undefined || place === undefined ? undefined : { key: near, place };
    known.set(id, result);
    return result;
  };
}

function unknown(entity: WrittenEntity, reference: WrittenReference, nearest: Nearest): Finding {
  const { pointer, isAboutKey, kind } = reference;
  const key = localKey(reference.to as EntityKey);
  const near = isHidden(entity, pointer) ? undefined : nearest(kind, key);
  return findingFor(entity, {
    code: "KS1301",
    severity: "error",
    message: `${kind} ${quoted(entity, pointer, key)} is not declared`,
    hint:
      near === undefined
        ? `declare it, or write { name: … } for one made by hand on the server`
        : `did you mean "${near.key}"?`,
    ...(near === undefined
      ? {}
      : { related: { message: `"${near.key}" is declared here`, at: spanOf(near.place, "key") } }),
    pointer,
    isAboutKey,
  });
}

function notGroup(entity: WrittenEntity, { pointer, to }: WrittenReference, { declared }: RuleInput): Finding {
  const first = declared.get(to as EntityKey);
  return findingFor(entity, {
    code: "KS1303",
    severity: "error",
    message: `parent ${quoted(entity, pointer, localKey(to as EntityKey))} is not a group`,
    hint: "only monitors of type group hold others",
    ...(first === undefined ? {} : { related: { message: "declared here", at: spanOf(first.place, "key") } }),
    pointer,
  });
}
