/**
 * What counts as a secret, and what is printed in its place.
 *
 * A value is a secret because of where it came from or where it is stored: everything that `${env:…}` and `${file:…}` fill,
 * kuma-sync's own credentials, and the values of sensitive fields (`isSensitive` in src/kinds). These values are replaced as
 * values, whatever they look like. In texts that others wrote they are searched for by `reachOf`; such texts also lose what
 * only looks like a secret (apparent-secrets.ts).
 */

/** Printed in place of a secret, in every format. */
export const shownForSecret = "(sensitive)";

/** Uptime Kuma accepts no shorter password (docs/upstream/uptime-kuma.md#first-user); shorter texts are parts of many words. */
const shortestWithinWords = 6;

/** A PIN. Shorter texts are common words and numbers: hiding them would remove half of any text and protect nothing. */
export const shortestSecret = 4;

const wordsOfJson: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** `anywhere`: also within a word. `word`: with no letter, digit or underscore on either side. `nowhere`: not searched for. */
export type Reach = "anywhere" | "word" | "nowhere";

/** Where in a text a value that is a secret is searched for. This is the only place that decides by length. */
export function reachOf(secret: string): Reach {
  if (secret.length >= shortestWithinWords) return "anywhere";
  return secret.length >= shortestSecret && !wordsOfJson.has(secret) ? "word" : "nowhere";
}
