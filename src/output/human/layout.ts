/** Text measured in columns of a terminal, where `日` takes two and a combined emoji counts once. */
import stringWidth from "string-width";

const graphemes = new Intl.Segmenter();

export function columnsOf(text: string): number {
  return stringWidth(text);
}

export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** At most `columns` wide, cut at the end. */
export function shorten(text: string, columns: number, ellipsis: string): string {
  // A character takes at least no column and at most two per UTF-16 unit, so short texts need no measuring.
  if (text.length * 2 <= columns || columnsOf(text) <= columns) return text;
  const room = Math.max(1, columns - ellipsis.length);
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}

export function plural(count: number, singular: string, several = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : several}`;
}

/** `20ms`, `0.2s`, `12s`, `3m 05s`. */
export function durationText(ms: number): string {
  if (ms < 99.5) return `${Math.round(ms)}ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
}

/** The two greatest units that count: `12s`, `5m`, `3h 20m`, `4d 7h`. Clocks differ, so what lies ahead is now. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${seconds}s`;
  if (hours < 1) return `${minutes}m`;
  return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** `a`, `a and b`, `a, b and c` */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
