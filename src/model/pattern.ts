/**
 * Patterns with `*`, which stands for any number of characters. They are matched here in one pass: a regular expression
 * with many wildcards can take practically forever, and the pattern or the text may come from a stranger.
 */
import { localKey, type EntityKey } from "./entity.ts";

export function matchesPattern(text: string, pattern: string): boolean {
  return isMadeOf(text, pattern.split("*"));
}

/** Whether `text` consists of `parts`, in order, with any number of characters between them. */
export function isMadeOf(text: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}

/** What `--select` and `--exclude` match. */
export interface Selectable {
  readonly key: EntityKey;
  /** The display name, if it can be matched too. Its case does not count. */
  readonly name?: string;
}

/**
 * Whether one of `patterns` matches an object. A pattern with a slash matches the full key (`monitor/web-*`); one
 * without a slash matches the part after the slash (`web-*`), for every kind, or the name.
 */
export function isSelectedBy(patterns: readonly string[], { key, name }: Selectable): boolean {
  return patterns.some(
    (pattern) =>
      matchesPattern(pattern.includes("/") ? key : localKey(key), pattern) ||
      (name !== undefined && matchesPattern(name.toLowerCase(), pattern.toLowerCase())),
  );
}
