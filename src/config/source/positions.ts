/** Converts places in values (JSON pointers, offsets in a text) to places in files. */
import { isAlias, isScalar, type ParsedNode, type Scalar } from "yaml";
import type { SourceSpan } from "../../model/source-span.ts";
import { scalarOffsets } from "./scalar-offsets.ts";
import type { SourceDocument } from "./source-document.ts";

/** A node of a file with its key; both are undefined for something without a node. */
export interface YamlPlace {
  readonly document: SourceDocument;
  readonly key?: ParsedNode;
  readonly node?: ParsedNode;
}

/** The node itself, or the node that an alias stands for. */
export function resolved(document: SourceDocument, node: ParsedNode | undefined): ParsedNode | undefined {
  return isAlias(node) ? document.targetOf(node) : node;
}

/** The text of a mapping key, as written for numbers and booleans; undefined for a key that is not a scalar. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

/** The span of the key, if the key is wrong, or of the value. */
export function spanOf(place: YamlPlace, part: "key" | "value"): SourceSpan {
  const node = part === "key" ? (place.key ?? place.node) : (place.node ?? place.key);
  if (node === undefined) return place.document.spanAt(0, 0);
  const [start, end] = node.range;
  // Only the first line of a block is underlined; more would make the message hard to find.
  const lineEnd = place.document.text.indexOf("\n", start);
  const isLong = lineEnd !== -1 && lineEnd < end;
  return place.document.spanAt(start, isLong ? trimmedEnd(place.document.text, start, lineEnd) : end);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start + 1 && /\s/u.test(text[last - 1] ?? "")) last -= 1;
  return last;
}

/**
 * The span of `[start, end)` of a scalar's value; the whole scalar if that is not known. An empty range gives one
 * character: something is missing there.
 */
export function spanWithin(place: YamlPlace, start: number, end: number): SourceSpan {
  const node = resolved(place.document, place.node);
  if (!isScalar(node) || typeof node.value !== "string") return spanOf(place, "value");
  const offsets = offsetsOf(place.document, node);
  if (offsets === undefined) return spanOf(place, "value");
  const { starts, ends } = offsets;
  const count = starts.length;
  if (count === 0) return spanOf(place, "value");
  const first = Math.max(0, start);
  if (first >= count) {
    const at = ends[count - 1] ?? 0;
    return place.document.spanAt(at, at + 1);
  }
  const last = Math.min(count, Math.max(first + 1, end)) - 1;
  return place.document.spanAt(starts[first] ?? 0, ends[last] ?? 0);
}

/** Like `spanWithin`, for offsets in the text after interpolation. */
export function spanWithinResult(place: YamlPlace, start: number, end: number): SourceSpan {
  const node = resolved(place.document, place.node);
  const interpolated = node === undefined ? undefined : place.document.interpolated.get(node);
  return interpolated === undefined
    ? spanWithin(place, start, end)
    : spanWithin(place, ...interpolated.origin(start, end));
}

/** The offsets of each document's last scalar: one query can have thousands of findings in a row. */
const lastOffsets = new WeakMap<
  SourceDocument,
  { readonly node: Scalar; readonly offsets: ReturnType<typeof scalarOffsets> }
>();

function offsetsOf(document: SourceDocument, node: Scalar): ReturnType<typeof scalarOffsets> {
  const last = lastOffsets.get(document);
  if (last?.node === node) return last.offsets;
  if (node.range == null || typeof node.value !== "string") return undefined;
  const offsets = scalarOffsets(document.text, {
    ...(node.type === undefined ? {} : { type: node.type }),
    value: node.value,
    start: node.range[0],
    end: node.range[1],
  });
  lastOffsets.set(document, { node, offsets });
  return offsets;
}
