/** Secrets in a table of rows: the cells of columns that go to sensitive fields, or whose names tell it. */
import type { TextRange } from "../../../secrets/text-finder.ts";

export function isTable(file: string): boolean {
  return /\.(?:csv|tsv)$/iu.test(file);
}

/** For each line. A cell with a line break makes the rest of its row hidden, and the next lines. */
export function hiddenCells(
  lines: readonly string[],
  isSensitive: (column: string) => boolean,
): readonly (readonly TextRange[])[] {
  const at = lines.findIndex((line) => line.trim() !== "");
  const header = lines[at] ?? "";
  const separator =
    [",", ";", "\t", "|"].toSorted((left, right) => countOf(header, right) - countOf(header, left))[0] ?? ",";
  const sensitive = cellsOf(header, separator).map(({ start, end }) =>
    isSensitive(header.slice(start, end).replaceAll(/^[\s\uFEFF"]+|[\s"]+$/gu, "")),
  );
  if (!sensitive.includes(true)) return lines.map(() => []);
  let isOpen = false;
  return lines.map((line, index) => {
    if (index <= at || line.trim() === "") return [];
    const quotes = countOf(line, '"');
    const wasOpen = isOpen;
    isOpen = quotes % 2 === 1 ? !isOpen : isOpen;
    if (wasOpen || isOpen) return [{ start: 0, end: line.length }];
    // Cells beyond the header too: a row with a separator too many has them at other places.
    const cells = cellsOf(line, separator);
    const isOdd = cells.length !== sensitive.length;
    return cells.filter((_cell, column) => isOdd || sensitive[column] === true).filter(({ start, end }) => end > start);
  });
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

function cellsOf(line: string, separator: string): readonly TextRange[] {
  const cells: TextRange[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at <= line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (at < line.length && (isQuoted || character !== separator)) continue;
    cells.push({ start, end: at });
    start = at + 1;
  }
  return cells;
}
