/**
 * The texts that a block makes of values from outside, such as a path behind an address, with those values left unread. The
 * block is turned into monitors once more, with a mark in place of each expression, and the marks are found again.
 */
import { mapScalars, valueAt, type JsonObject, type JsonPointer } from "../../model/json.ts";
import { expandBlock } from "../../services/blocks/expand-block.ts";
import type { Service } from "../../services/service.ts";
import { placesWith, type Provenance } from "../values/provenance.ts";
import type { TextPart, UnreadPart } from "../values/text-parts.ts";

/** By the key of a monitor, then by the place in it. Without parts: a value that depends on one from outside in another way. */
export type MadeTexts = ReadonlyMap<string, ReadonlyMap<JsonPointer, readonly TextPart[] | undefined>>;

/** `provenance` is that of the block. Empty for a block without values from outside, and where they decide which monitors there are. */
export function madeTexts(
  service: Service,
  { key, written, provenance }: { readonly key: string; readonly written: JsonObject; readonly provenance: Provenance },
): MadeTexts {
  if (placesWith(provenance, "parts").length === 0) return new Map();
  const marks = createMarks(JSON.stringify(written));
  const marked = mapScalars(written, (value, pointer) => {
    const parts = provenance.get(pointer)?.parts;
    if (parts === undefined) return value;
    if (typeof value === "string") return marks.markedText(parts, value);
    // Any other number will show what is calculated from it.
    return typeof value === "number" ? value + 1 : value;
  }) as JsonObject;
  const plain = Object.entries(expandBlock(service, key, written).monitors);
  const made = Object.values(expandBlock(service, key, marked).monitors);
  if (plain.length !== made.length) return new Map();
  return new Map(
    plain.map(([name, monitor], index) => [name, differences(monitor.written, made[index]?.written ?? {}, marks)]),
  );
}

interface Marks {
  /** A text with a mark for each expression. `value` is what stands in its place, whose form it takes. */
  readonly markedText: (parts: readonly TextPart[], value: string) => string;
  /** The parts of a text that has marks; undefined for any other. */
  readonly partsOf: (text: string) => readonly TextPart[] | undefined;
}

function createMarks(taken: string): Marks {
  const known = new Map<string, UnreadPart>();
  let base = "unread";
  while (taken.includes(base)) base += "x";
  const next = (part: UnreadPart, isAddress: boolean): string => {
    const name = `${base}${known.size}end`;
    const mark = isAddress ? `https://${name}.invalid` : name;
    known.set(mark, part);
    return mark;
  };
  return {
    markedText: (parts, value) =>
      parts
        .map((part, index) =>
          typeof part === "string" ? part : next(part, index === 0 && /^https?:\/\//iu.test(value)),
        )
        .join(""),
    partsOf: (text) => {
      const found = text.match(new RegExp(String.raw`https://${base}\d+end\.invalid|${base}\d+end`, "gu")) ?? [];
      if (found.length === 0) return undefined;
      const parts: TextPart[] = [];
      let from = 0;
      for (const mark of found) {
        const [at, part] = [text.indexOf(mark, from), known.get(mark)];
        parts.push(text.slice(from, at), part ?? mark);
        from = at + mark.length;
      }
      return [...parts, text.slice(from)].filter((part) => part !== "");
    },
  };
}

function differences(plain: JsonObject, made: JsonObject, marks: Marks): NonNullable<ReturnType<MadeTexts["get"]>> {
  const found = new Map<JsonPointer, readonly TextPart[] | undefined>();
  mapScalars(made, (value, pointer) => {
    if (valueAt(plain, pointer) !== value) {
      found.set(pointer, typeof value === "string" ? marks.partsOf(value) : undefined);
    }
    return value;
  });
  return found;
}
