/** Edits of a part of a text: a prefix that goes, a character that becomes another one. */
import { isScalar, Scalar } from "yaml";
import type { TextEdit } from "../../model/finding.ts";
import type { YamlPlace } from "./positions.ts";
import { scalarOffsets } from "./scalar-offsets.ts";
import type { SourceDocument } from "./source-document.ts";

/**
 * Replaces `[start, end)` of the text at `place`, counted after interpolation, by `text`. The edits repeat nothing of the
 * rest, which may be a password. None if that part comes from a variable, or if it is not known where in the file it
 * stands. A text without quotes gets quotes if `needsQuotes` says so of the result.
 */
export function partEdits(
  { document, node }: YamlPlace,
  { range: [start, end], text }: { readonly range: readonly [start: number, end: number]; readonly text: string },
  needsQuotes: (value: string) => boolean,
): readonly TextEdit[] {
  if (!isScalar(node) || typeof node.value !== "string" || node.range == null || node.type === undefined) return [];
  const { value, type } = node;
  const interpolated = document.interpolated.get(node);
  const [from, to] = interpolated === undefined ? [start, end] : interpolated.origin(start, end);
  const result = interpolated?.text ?? value;
  if (value.slice(from, to) !== result.slice(start, end) || start >= end || text.includes("\n")) return [];
  const [first, last] = node.range;
  const offsets = scalarOffsets(document.text, { type, value, start: first, end: last });
  const [at, after] = [offsets?.starts[from], offsets?.ends[to - 1]];
  if (at === undefined || after === undefined) return [];
  if (type !== Scalar.PLAIN) return [{ at: document.spanAt(at, after), text: escaped(text, type) }];
  const isHarmless = from > 0 && to < value.length && /^[\w%.~-]+$/u.test(text);
  if (isHarmless || !needsQuotes(value.slice(0, from) + text + value.slice(to))) {
    return [{ at: document.spanAt(at, after), text }];
  }
  return quoted({ document, first, last }, { at, after, text });
}

/** None if quotes or backslashes in the rest, or a line break, would have to be written otherwise. */
function quoted(
  { document, first, last }: { readonly document: SourceDocument; readonly first: number; readonly last: number },
  part: { readonly at: number; readonly after: number; readonly text: string },
): readonly TextEdit[] {
  const rest = document.text.slice(first, part.at) + document.text.slice(part.after, last);
  if (/["\\\n]/u.test(rest)) return [];
  const text = escaped(part.text, Scalar.QUOTE_DOUBLE);
  const [isFirst, isLast] = [part.at === first, part.after === last];
  return [
    ...(isFirst ? [] : [{ at: document.spanAt(first, first), text: '"' }]),
    { at: document.spanAt(part.at, part.after), text: `${isFirst ? '"' : ""}${text}${isLast ? '"' : ""}` },
    ...(isLast ? [] : [{ at: document.spanAt(last, last), text: '"' }]),
  ];
}

function escaped(text: string, type: Scalar.Type): string {
  if (type === Scalar.QUOTE_SINGLE) return text.replaceAll("'", "''");
  return type === Scalar.QUOTE_DOUBLE ? JSON.stringify(text).slice(1, -1) : text;
}
