/**
 * Pieces of a secret that show by themselves. A secret with reserved characters that somebody puts into an address is taken
 * apart by whoever parses it: `postgres://kuma:p@ss%word@db` is asked for a host `ss%word@db`, and an error names it.
 */
import { urlSecrets } from "./url-credentials.ts";

/** Shorter ones are parts of too many words, and tell little. */
const shortestPart = 6;
/** A longer text is a file; its lines are looked for (output/redact.ts). */
const longestTakenApart = 512;

const delimiters = /[:/?#[\]@&=;,%]/gu;
const scheme = /^[a-z][a-z0-9+.-]*:\/\//iu;

/**
 * What stands between two delimiters of an address, `shortestPart` characters and longer: from each delimiter on to the first
 * that is far enough, and to the end. Host names are also given in small letters, as parsers spell them.
 *
 * A secret that is an address as a whole (a webhook) has a scheme, and words such as `services` in its path, which are nobody's
 * secret and would blot out half of any text: words of letters alone count there only as its password or token.
 */
export function secretParts(secret: string): readonly string[] {
  const text = secret.trim();
  if (text.length > longestTakenApart || /[\r\n]/u.test(text)) return [];
  const start = scheme.exec(text)?.[0] ?? "";
  const parts = partsBetween(text.slice(start.length)).filter((part) => start === "" || !/^[\p{L}.-]+$/u.test(part));
  const inside = start === "" ? [] : urlSecrets(text).flatMap((value) => [value, ...partsBetween(value)]);
  const all = [...parts, ...inside].filter((part) => part.length >= shortestPart && part !== text);
  return [...new Set(all.flatMap((part) => [part, part.toLowerCase()]))];
}

function partsBetween(text: string): readonly string[] {
  const ends = [...[...text.matchAll(delimiters)].map(({ index }) => index), text.length];
  if (ends.length === 1) return [];
  const starts = [0, ...ends.slice(0, -1).map((end) => end + 1)];
  return starts.flatMap((start) => {
    const end = ends.find((one) => one - start >= shortestPart);
    return end === undefined ? [] : [text.slice(start, end), text.slice(start)];
  });
}
