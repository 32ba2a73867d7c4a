/** Finds lines of a text by offset. */

export interface Line {
  readonly start: number;
  /** The text without the line break. */
  readonly text: string;
  /** The number of blanks at the start. */
  readonly indent: number;
}

export function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end === -1 ? text.length : end).replace(/\r$/u, "");
  return { start, text: line, indent: /^ */u.exec(line)?.[0].length ?? 0 };
}

/** The nearest line above that does not contain only blanks and comments. */
export function lineBefore(text: string, { start }: Line): Line | undefined {
  let line: Line | undefined = start === 0 ? undefined : lineAt(text, start - 1);
  while (line !== undefined && /^\s*(?:#|$)/u.test(line.text)) {
    line = line.start === 0 ? undefined : lineAt(text, line.start - 1);
  }
  return line;
}

/** The nearest line below that does not contain only blanks and comments. */
export function lineAfter(text: string, from: Line): Line | undefined {
  let next = text.indexOf("\n", from.start);
  while (next !== -1 && next + 1 < text.length) {
    const line = lineAt(text, next + 1);
    if (!/^\s*(?:#|$)/u.test(line.text)) return line;
    next = text.indexOf("\n", line.start);
  }
  return undefined;
}

/** The key at the start of a line, without the dash of a list item. */
export function keyOf({ text }: Line): string | undefined {
  return /^\s*(?:- +)*([\w.-]+) *:(?:\s|$)/u.exec(text)?.[1];
}

/** `4 spaces`, `1 space`. */
export function spaces(count: number): string {
  return count === 1 ? "1 space" : `${count} spaces`;
}
