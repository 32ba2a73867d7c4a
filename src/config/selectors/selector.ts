/** Reads `select:` into conditions. */
import { listOf } from "../../kinds/codecs/list-of.ts";
import { monitorTags } from "../../kinds/codecs/monitor-tags.ts";
import { toText } from "../../kinds/codecs/text.ts";
import { writtenReference } from "../../kinds/field.ts";
import type { Reference } from "../../model/entity.ts";
import { isJsonObject, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";

/** A monitor must meet every present condition; one item of each list is enough. An absent one accepts any monitor. */
export interface Selector {
  /** Relative to the entity. */
  readonly pointer: JsonPointer;
  readonly written: Json;
  /** Patterns as in `--select`. */
  readonly keys?: readonly string[];
  readonly types?: readonly string[];
  readonly parents?: readonly NamedParent[];
  readonly tags?: readonly (readonly NamedTag[])[];
}

export interface NamedParent {
  readonly pointer: JsonPointer;
  readonly to: Reference;
}

export interface NamedTag {
  readonly pointer: JsonPointer;
  /** Whether the tag is written as the key of a mapping: `{ env: prod }`. */
  readonly isAboutKey: boolean;
  readonly tag: Reference;
  /** A pattern; absent: any value. */
  readonly value?: string;
}

/** The selectors of a list; a monitor needs to match only one. `selectorSchema` must accept `written`. */
export function readSelectors(written: Json, pointer: JsonPointer): readonly Selector[] {
  return Array.isArray(written)
    ? (written as readonly Json[]).map((item, index) => readSelector(item, pointer + pointerTo(index)))
    : [readSelector(written, pointer)];
}

function readSelector(written: Json, pointer: JsonPointer): Selector {
  if (!isJsonObject(written)) return { pointer, written, keys: [toText(written) ?? ""] };
  const items = (name: string): readonly (readonly [value: Json, at: JsonPointer])[] | undefined => {
    const value = written[name];
    if (value === undefined) return undefined;
    const at = pointer + pointerTo(name);
    return Array.isArray(value) ? listOf(value).map((item, index) => [item, at + pointerTo(index)]) : [[value, at]];
  };
  const texts = (name: string): readonly string[] | undefined => items(name)?.map(([value]) => toText(value) ?? "");
  const [keys, types] = [texts("key"), texts("type")];
  const parents = items("parent")?.map(([value, at]) => ({ pointer: at, to: writtenReference("monitor", value) }));
  const tags = items("tag")?.map(([value, at]) => readTags(value, at));
  return {
    pointer,
    written,
    ...(keys === undefined ? {} : { keys }),
    ...(types === undefined ? {} : { types }),
    ...(parents === undefined ? {} : { parents }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Tags are written as those of a monitor, but without a value they match any. */
function readTags(written: Json, at: JsonPointer): readonly NamedTag[] {
  const tags = tagsIn(written);
  const [first] = tags;
  if (!isJsonObject(written) || tags.length === 0) {
    return first === undefined ? [] : [{ pointer: at, isAboutKey: false, tag: first.tag }];
  }
  const isByHand = first !== undefined && typeof first.tag !== "string";
  if (isByHand) {
    const { tag, value } = first;
    return [{ pointer: at, isAboutKey: false, tag, ...(written["value"] === undefined ? {} : { value }) }];
  }
  return Object.entries(written).flatMap(([key, value]) =>
    tagsIn({ [key]: value }).map((one) => ({
      pointer: at + pointerTo(key),
      isAboutKey: true,
      tag: one.tag,
      value: one.value,
    })),
  );
}

/** The canonical form of a monitor's tags. */
export function tagsIn(written: Json): readonly { readonly tag: Reference; readonly value: string }[] {
  return monitorTags.normalise([written]) as unknown as readonly { readonly tag: Reference; readonly value: string }[];
}
