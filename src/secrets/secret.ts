/**
 * Defines what counts as a secret, and what is printed instead.
 *
 * A value is a secret because of its origin or its place: everything that `${env:…}` and `${file:…}` fill, kuma-sync's
 * own credentials, and the values of sensitive fields (`isSensitive` in src/kinds). These values are replaced as a
 * whole. In texts of others they are searched for, as `reachOf` says; such texts also lose what only looks like a
 * secret (apparent-secrets.ts).
 */

/** Printed in place of a secret, in every format. */
export const shownForSecret = "(sensitive)";

/**
 * Uptime Kuma accepts no shorter password (docs/upstream/uptime-kuma.md#first-user). Shorter texts are part of many
 * words.
 */
const shortestWithinWords = 6;

/**
 * The length of a PIN. Shorter texts are common words and numbers; hiding them would remove half of any text and
 * protect nothing.
 */
export const shortestSecret = 4;

const wordsOfJson: ReadonlySet<string> = new Set(["true", "false", "null"]);

/**
 * `anywhere`: also inside a word. `word`: without a letter, digit or underscore on either side. `nowhere`: not searched
 * for.
 */
export type Reach = "anywhere" | "word" | "nowhere";

/** Where in a text a secret is searched for. Only this function decides by length. */
export function reachOf(secret: string): Reach {
  if (secret.length >= shortestWithinWords) return "anywhere";
  return secret.length >= shortestSecret && !wordsOfJson.has(secret) ? "word" : "nowhere";
}
