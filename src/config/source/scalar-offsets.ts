/**
 * Finds the place in the source of each character of a scalar's value. YAML folds lines, doubles quotes, reads escapes
 * and removes indentation, so offsets in the value and in the source differ, but a finding in a JSONata query needs the
 * exact place. The map is made from the source by YAML's rules and compared with the parser's value. If they differ,
 * there is no map, and the finding points at the whole scalar.
 */
import { Scalar } from "yaml";

/** `[start, end)` in the source of each UTF-16 unit of a value. */
export interface ScalarOffsets {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface Builder {
  readonly starts: number[];
  readonly ends: number[];
  text: string;
}

/** `start` and `end` enclose the scalar's source. Undefined if reading the source does not give exactly `value`. */
export function scalarOffsets(
  source: string,
  scalar: { readonly type?: Scalar.Type; readonly value: string; readonly start: number; readonly end: number },
): ScalarOffsets | undefined {
  const { start, end, type, value } = scalar;
  for (const build of readings(type, source.slice(start, end), value)) {
    const built: Builder = { starts: [], ends: [], text: "" };
    build(built);
    if (built.text === value) {
      return { starts: built.starts.map((at) => at + start), ends: built.ends.map((at) => at + start) };
    }
  }
  return undefined;
}

/** The possible readings of a scalar's source, the likeliest first. */
function* readings(type: Scalar.Type | undefined, raw: string, value: string): Generator<(built: Builder) => void> {
  switch (type) {
    case Scalar.PLAIN:
      yield (built) => readFlow(built, raw, { from: 0, to: raw.length, isQuoted: false });
      break;
    case Scalar.QUOTE_SINGLE:
      yield (built) => readFlow(built, raw, { from: 1, to: raw.length - 1, isQuoted: true });
      break;
    case Scalar.QUOTE_DOUBLE:
      yield (built) => readDoubleQuoted(built, raw);
      break;
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED: {
      const lines = blockLines(raw);
      // With an indentation indicator, the indent depends on the parent, which is not known here: try all.
      for (const indent of candidateIndents(lines)) {
        yield (built) => readBlock(built, lines, { indent, isFolded: type === Scalar.BLOCK_FOLDED, value });
      }
      break;
    }
    case undefined:
  }
}

function put(built: Builder, text: string, start: number, end: number): void {
  for (let index = 0; index < text.length; index += 1) {
    built.starts.push(start);
    built.ends.push(end);
  }
  built.text += text;
}

/** Plain and single-quoted scalars: line breaks are folded and blanks around them removed. */
function readFlow(
  built: Builder,
  raw: string,
  options: { readonly from: number; readonly to: number; readonly isQuoted: boolean },
): void {
  const { from, to, isQuoted } = options;
  const lines = splitLines(raw, from, to);
  lines.forEach((line, index) => {
    let { start, end } = line;
    const isLast = index === lines.length - 1;
    if (index > 0) while (start < end && isBlank(raw[start])) start += 1;
    if (!isLast) while (end > start && isBlank(raw[end - 1])) end -= 1;
    for (let at = start; at < end; at += 1) {
      const isDoubledQuote = isQuoted && raw[at] === "'" && raw[at + 1] === "'";
      put(built, raw[at] ?? "", at, isDoubledQuote ? at + 2 : at + 1);
      if (isDoubledQuote) at += 1;
    }
    if (isLast) return;
    // A line break becomes a space, or as many newlines as empty lines follow it.
    const next = lines[index + 1];
    const isBlankNext = index + 1 < lines.length - 1 && next !== undefined && isBlankRange(raw, next.start, next.end);
    const isBlankHere = index > 0 && isBlankRange(raw, line.start, line.end);
    if (isBlankHere) put(built, "\n", line.newline, line.newline + 1);
    else if (!isBlankNext) put(built, " ", line.newline, line.newline + 1);
  });
}

interface Line {
  readonly start: number;
  /** Before the line break, and before the carriage return of a CRLF. */
  readonly end: number;
  readonly newline: number;
}

function splitLines(raw: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let start = from;
  for (;;) {
    const newline = raw.indexOf("\n", start);
    if (newline === -1 || newline >= to) {
      lines.push({ start, end: to, newline: to });
      return lines;
    }
    lines.push({ start, end: raw[newline - 1] === "\r" && newline > start ? newline - 1 : newline, newline });
    start = newline + 1;
  }
}

const isBlank = (character: string | undefined): boolean => character === " " || character === "\t";

function isBlankRange(raw: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isBlank(raw[at])) return false;
  return true;
}

/** The characters after a backslash and, at the same index, what the escapes stand for. */
const escapeLetters = '0abefnrtvN_LP "/\\\t';
const escapeValues = '\0\u0007\b\u001B\f\n\r\t\v\u0085\u00A0\u2028\u2029 "/\\\t';
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readDoubleQuoted(built: Builder, raw: string): void {
  const end = raw.length - 1;
  let at = 1;
  while (at < end) {
    if (raw[at] === "\\") at = readEscape(built, raw, at);
    else if (lineBreakAt(raw, at) > 0) at = foldLineBreaks(built, raw, at);
    else if (isBlank(raw[at])) {
      let after = at;
      while (isBlank(raw[after])) after += 1;
      if (lineBreakAt(raw, after) === 0)
        for (let index = at; index < after; index += 1) put(built, raw[index] ?? "", index, index + 1);
      at = after;
    } else {
      put(built, raw[at] ?? "", at, at + 1);
      at += 1;
    }
  }
}

function lineBreakAt(raw: string, at: number): number {
  if (raw[at] === "\n") return 1;
  return raw[at] === "\r" && raw[at + 1] === "\n" ? 2 : 0;
}

function skipBlanks(raw: string, at: number): number {
  let after = at;
  while (isBlank(raw[after])) after += 1;
  return after;
}

function foldLineBreaks(built: Builder, raw: string, at: number): number {
  let after = at;
  let breaks = 0;
  let last = at;
  for (let length = lineBreakAt(raw, after); length > 0; length = lineBreakAt(raw, after)) {
    if (breaks > 0) put(built, "\n", after, after + length);
    breaks += 1;
    last = after;
    after = skipBlanks(raw, after + length);
  }
  if (breaks === 1) put(built, " ", last, last + lineBreakAt(raw, last));
  return after;
}

function readEscape(built: Builder, raw: string, at: number): number {
  const next = raw[at + 1] ?? "";
  const simple = next === "" ? -1 : escapeLetters.indexOf(next);
  if (simple !== -1) {
    put(built, escapeValues.charAt(simple), at, at + 2);
    return at + 2;
  }
  const lineBreak = lineBreakAt(raw, at + 1);
  if (lineBreak > 0) return skipBlanks(raw, at + 1 + lineBreak);
  const hexLength = hexLengths[next] ?? 0;
  const code = Number.parseInt(raw.slice(at + 2, at + 2 + hexLength), 16);
  if (hexLength > 0 && code <= 0x10ffff) put(built, String.fromCodePoint(code), at, at + 2 + hexLength);
  return at + 2 + hexLength;
}

interface BlockLine extends Line {
  readonly raw: string;
  /** The number of leading spaces. */
  readonly indent: number;
}

/** The lines below a header such as `|2-`. Text after the last line break is not content. */
function blockLines(raw: string): BlockLine[] {
  const header = raw.indexOf("\n");
  if (header === -1) return [];
  const lines = splitLines(raw, header + 1, raw.length).map((line) => {
    let indent = 0;
    while (line.start + indent < line.end && raw[line.start + indent] === " ") indent += 1;
    return { ...line, raw, indent };
  });
  if (raw.endsWith("\n")) lines.pop();
  return lines;
}

function* candidateIndents(lines: readonly BlockLine[]): Generator<number> {
  const first = lines.find((line) => line.start + line.indent < line.end);
  if (first !== undefined) yield first.indent;
  const deepest = Math.min(64, Math.max(0, ...lines.slice(0, 1000).map((line) => line.indent)));
  for (let indent = 0; indent <= deepest; indent += 1) yield indent;
}

/**
 * A literal scalar keeps its line breaks. A folded one turns a break between two lines of text into a space, but not
 * beside empty or more indented lines. Chomping decides how many breaks stay at the end: as many as `value` has.
 */
function readBlock(
  built: Builder,
  lines: readonly BlockLine[],
  options: { readonly indent: number; readonly isFolded: boolean; readonly value: string },
): void {
  const { indent, isFolded, value } = options;
  const isEmpty = (line: BlockLine): boolean => line.start + Math.min(indent, line.indent) >= line.end;
  const isText = (line: BlockLine): boolean =>
    !isEmpty(line) && line.indent <= indent && line.raw[line.start + indent] !== "\t";
  let previous: BlockLine | undefined;
  let empties: BlockLine[] = [];
  for (const line of lines) {
    if (isEmpty(line)) {
      empties.push(line);
      continue;
    }
    if (previous !== undefined) {
      const folds = isFolded && isText(previous) && isText(line);
      if (!folds) put(built, "\n", previous.newline, previous.newline + 1);
      else if (empties.length === 0) put(built, " ", previous.newline, previous.newline + 1);
    }
    for (const empty of empties) put(built, "\n", empty.newline, empty.newline + 1);
    empties = [];
    for (let at = line.start + indent; at < line.end; at += 1) put(built, line.raw[at] ?? "", at, at + 1);
    previous = line;
  }
  for (const line of previous === undefined ? empties : [previous, ...empties]) {
    if (value[built.text.length] === "\n") put(built, "\n", line.newline, line.newline + 1);
  }
}
