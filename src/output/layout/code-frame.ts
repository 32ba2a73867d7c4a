/**
 * A source line with a caret under the place of a finding. Terminal columns and file columns differ because of tabs,
 * wide characters and escapes, so the line and the space before the caret are measured as they are shown.
 */
import { shownRange, type ShownLine } from "../../model/shown-line.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { inert } from "../inert.ts";
import { columnsOf, shorten } from "./columns.ts";

export interface Frame {
  /** The source line as shown; a very long one is cut to a window around the place. */
  readonly line: string;
  /** Columns before the carets. */
  readonly indent: number;
  /** Number of carets, at least one. */
  readonly length: number;
}

/** Undefined if the file has no such line. `lines` are the lines of the file. */
export function frameLine(lines: readonly ShownLine[], span: SourceSpan, width: number): Frame | undefined {
  const shownLine = lines[span.line - 1];
  if (shownLine === undefined) return undefined;
  const line = shownLine.text;
  const place = shownRange(shownLine, span.column - 1, span.endColumn - 1);
  const start = Math.min(place.start, line.length);
  const end = span.endLine === span.line ? Math.min(place.end, line.length) : line.trimEnd().length;
  const { text, cut } = windowAround(line, start, width);
  const before = (cut > 0 ? "..." : "") + shown(text.slice(0, start - cut));
  const marked = shown(text.slice(start - cut, Math.max(start, end) - cut));
  const after = shown(text.slice(Math.max(start, end) - cut));
  const room = Math.max(1, width - columnsOf(before));
  return {
    // Made inert again as a whole, because a workflow command may span the marked part.
    line: inert(shorten(before + marked + after, width, "...")),
    indent: columnsOf(before),
    length: Math.min(Math.max(1, columnsOf(marked)), room),
  };
}

/** `cut` counts the units before the window. A generated file may be one line of megabytes. */
function windowAround(line: string, start: number, width: number): { readonly text: string; readonly cut: number } {
  const from = line.length > width && start > width - 20 ? start - Math.floor(width / 2) : 0;
  // Never cuts between the halves of a surrogate pair.
  const cut = from > 0 && /[\uDC00-\uDFFF]/u.test(line.charAt(from)) ? from - 1 : from;
  return { text: line.slice(cut, cut + width * 2), cut };
}

/** A tab is always shown as four columns, because only the position of the caret matters. */
function shown(text: string): string {
  return text.split("\t").map(inert).join("    ");
}

export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/u);
}
