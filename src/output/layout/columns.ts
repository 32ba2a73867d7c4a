/** Measures text in terminal columns: `日` takes two, and a combined emoji counts as one character. */
import stringWidth from "string-width";

export function columnsOf(text: string): number {
  return stringWidth(text);
}

export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** At most `columns` wide, cut at the end. */
export function shorten(text: string, columns: number, ellipsis: string): string {
  // A character has at most two columns for each UTF-16 unit, so short texts need no measuring.
  if (text.length * 2 <= columns || columnsOf(text) <= columns) return text;
  const room = Math.max(1, columns - ellipsis.length);
  let kept = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += columnsOf(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}
