/** Wraps text at spaces to the width of a screen. */
import { columnsOf } from "./columns.ts";

/**
 * Lines of at most `width` columns; a word that is wider, such as an address, stays whole so that it can be copied. Lines after
 * the first begin with `indent`. Spaces at the start of the text are kept; colours may span lines.
 */
export function wrapText(text: string, width: number, indent = ""): string[] {
  if (columnsOf(text) <= width) return [text];
  const [start = ""] = /^ */u.exec(text) ?? [];
  const lines: string[] = [];
  let line = start;
  let used = start.length;
  let isEmpty = true;
  for (const word of text.slice(start.length).split(" ")) {
    const columns = columnsOf(word);
    if (!isEmpty && used + 1 + columns > width) {
      lines.push(line.trimEnd());
      line = indent;
      used = indent.length;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    used += isEmpty ? columns : columns + 1;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Items separated by commas, wrapped only after a comma. Each item must fit a line. */
export function wrapItems(items: readonly string[], width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const [index, item] of items.entries()) {
    const text = index < items.length - 1 ? `${item},` : item;
    const isFirst = line === indent;
    if (!isFirst && columnsOf(line) + 1 + columnsOf(text) > width) {
      lines.push(line);
      line = `${indent}${text}`;
    } else line += isFirst ? text : ` ${text}`;
  }
  return items.length === 0 ? [] : [...lines, line];
}

/** Wraps a whole text: continuation lines are indented two columns more than the line that they continue. */
export function wrapLines(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapText(line, width, `${/^ */u.exec(line)?.[0] ?? ""}  `))
    .join("\n");
}
