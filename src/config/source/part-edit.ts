/** Edits of a part of a text: a prefix that goes, a character that becomes another one. */
import { isScalar, Scalar } from "yaml";
import type { TextEdit } from "../../model/finding.ts";
import type { YamlPlace } from "./positions.ts";
import { scalarOffsets } from "./scalar-offsets.ts";

/**
 * Replaces `[start, end)` of the text at `place`, counted after interpolation, by `text`. Undefined if that part comes from a
 * variable, or if it cannot be told where in the file it stands. A text without quotes is rewritten as a whole by
 * `rewrite`, because the rest may need quotes.
 */
export function partEdit(
  { document, node }: YamlPlace,
  { range: [start, end], text }: { readonly range: readonly [start: number, end: number]; readonly text: string },
  rewrite: (value: string) => string,
): TextEdit | undefined {
  if (!isScalar(node) || typeof node.value !== "string" || node.range == null || node.type === undefined)
    return undefined;
  const { value, type } = node;
  const interpolated = document.interpolated.get(node);
  const [from, to] = interpolated === undefined ? [start, end] : interpolated.origin(start, end);
  const result = interpolated?.text ?? value;
  if (value.slice(from, to) !== result.slice(start, end) || start >= end || text.includes("\n")) return undefined;
  const [first, last] = node.range;
  if (type === Scalar.PLAIN) {
    const isOneLine = !document.text.slice(first, last).includes("\n");
    const rewritten = value.slice(0, from) + text + value.slice(to);
    return isOneLine ? { at: document.spanAt(first, last), text: rewrite(rewritten) } : undefined;
  }
  const offsets = scalarOffsets(document.text, { type, value, start: first, end: last });
  const [at, after] = [offsets?.starts[from], offsets?.ends[to - 1]];
  if (at === undefined || after === undefined) return undefined;
  return { at: document.spanAt(at, after), text: escaped(text, type) };
}

function escaped(text: string, type: Scalar.Type): string {
  if (type === Scalar.QUOTE_SINGLE) return text.replaceAll("'", "''");
  return type === Scalar.QUOTE_DOUBLE ? JSON.stringify(text).slice(1, -1) : text;
}
