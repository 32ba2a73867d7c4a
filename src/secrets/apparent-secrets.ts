/**
 * Secrets that nobody named: what only looks like one, in what a service answered. Passwords and tokens in addresses, members
 * of JSON with a telling name, and keys in the forms that providers give them.
 */
import { isJsonObject, type Json } from "../model/json.ts";
import { shownForSecret } from "./secret.ts";
import { joinedRanges, replaceRanges, type TextRange } from "./text-finder.ts";
import { urlCredentials } from "./url-credentials.ts";

const secretLikeName = /password|passwd|passphrase|secret|token$|key$|authorization|credential|cookie|session/i;

/** Whether a member, a header or a parameter of this name usually holds a secret. */
export function isTellingName(name: string): boolean {
  return secretLikeName.test(name);
}

/** Shorter values of such members are words, such as `none`. */
const shortestToken = 8;
const secretLikeMembers = new RegExp(
  String.raw`(?<="[\w-]{0,40}(?:password|secret|token|api_?key)"\s*:\s*")[^"]{${shortestToken},}(?=")`,
  "gi",
);

/** `sk-…` and its like, a JSON web token, and what stands behind the scheme of an Authorization header and is no plain word. */
const keys =
  /\b(?:sk|gsk|xai|hf|pk|key)[-_](?=[\w*.-]*[\d*])[\w*.-]{6,}|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?|(?=\S)(?<=\b(?:Bearer|Basic)\s+)(?=\S*[\d+/=_~-]|\S{20})\S{6,}/giu;

/** A cookie of the login of Uptime Kuma 3.x, in a header that somebody repeats. */
const loginCookies = /(?<=\bbetter-auth\.[\w-]{1,40}=)[^;\s"',]{8,}/gu;

/** Their ranges in a text, in order and without overlaps. */
export function apparentSecrets(text: string): readonly TextRange[] {
  const found = [secretLikeMembers, loginCookies, keys].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({ start: index, end: index + match.length })),
  );
  return joinedRanges([...urlCredentials(text), ...found]);
}

export function withoutApparentSecrets(text: string): string {
  return replaceRanges(text, apparentSecrets(text), shownForSecret);
}

/** The same for every text of a value; also the value of a member with a telling name. Names of members stay. */
export function withoutApparentSecretsIn(value: Json): Json {
  if (typeof value === "string") return withoutApparentSecrets(value);
  if (Array.isArray(value)) return value.map((item: Json) => withoutApparentSecretsIn(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === "string" && member.length >= shortestToken && isTellingName(name)
        ? shownForSecret
        : withoutApparentSecretsIn(member),
    ]),
  );
}
