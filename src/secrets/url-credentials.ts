/**
 * Secrets inside addresses: a password before the host, and parameters with the name of a secret. Fields with addresses
 * are not sensitive as a whole, because nobody could review a plan that hides every URL.
 */
import { shownForSecret } from "./secret.ts";
import { replaceRanges, type TextRange } from "./text-finder.ts";

/** `user:password@` after the two slashes, up to the last @ as in URL parsers; parameters by the end of their names. */
const credentials = [
  /(?<=\/\/[^/?#@\s:]*:)[^/?#\s"']+(?=@)/gu,
  /(?<=[?&;](?<name>[\w.-]*(?:token|key|secret|passwd|password|signature|sig))=)[^&#;\s"']+/giu,
];

interface UrlCredential extends TextRange {
  /** Name of the parameter, or `password`. */
  readonly name: string;
}

/** Their ranges in a text, in order and without overlaps. */
export function urlCredentials(text: string): readonly UrlCredential[] {
  if (!text.includes("//") && !text.includes("=")) return [];
  const found = credentials.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: match, groups }) => ({
      name: groups?.["name"] ?? "password",
      start: index,
      end: index + match.length,
    })),
  );
  const ranges: UrlCredential[] = [];
  for (const range of found.toSorted((left, right) => left.start - right.start)) {
    if (range.start >= (ranges.at(-1)?.end ?? 0)) ranges.push(range);
  }
  return ranges;
}

/** The values, as they are spelled in the URL. */
export function urlSecrets(url: string): readonly string[] {
  return urlCredentials(url).map(({ start, end }) => url.slice(start, end));
}

export function withoutUrlCredentials(text: string): string {
  return replaceRanges(text, urlCredentials(text), shownForSecret);
}
