/**
 * The net under typed redaction. Plans, findings and reports hold no secret by construction; this catches what slips in
 * from elsewhere, such as a server that quotes a token in an error text.
 *
 * How a secret is looked for depends on its length. Six characters and more (Uptime Kuma takes no shorter password): anywhere,
 * also within a word. Four and five, such as a PIN: as a whole word, because they are parts of too many others. Shorter ones,
 * and `true`, `false` and `null`, are not looked for: they would blot out half of any text and hide nothing.
 *
 * Documents are redacted as values before anything is rendered from them, never as text, so that they stay valid. Names of
 * members, numbers of ours, and members that hold one of our own words (`action: create`) are left alone; below members
 * that hold values of the user's, numbers and names count as text.
 */

import { inert } from "./inert.ts";

export const shownForSecret = "(sensitive)";

const shortestAnywhere = 6;
const shortestWord = 4;
const neverSecret: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** Members of our documents that hold one of our own words, a key, or a place in a file. */
const ownWords: ReadonlySet<string> = new Set([
  "type",
  "formatVersion",
  "version",
  "action",
  "kind",
  "key",
  "keys",
  "dependsOn",
  "code",
  "severity",
  "result",
  "state",
  "because",
  "path",
  "paths",
  "pointer",
  "file",
  "entity",
  "cause",
  "loss",
]);

/** Members that hold a value of the user's or the server's, of any type. */
const anyValues: ReadonlySet<string> = new Set(["before", "after", "value"]);

export interface Redactor {
  /** More values that must never be shown. */
  add(secrets: readonly string[]): void;
  text(text: string): string;
  /** The same document without the secrets; the input is not changed. */
  document<Value>(value: Value): Value;
}

/** Starts without secrets: they become known while a command reads its input. */
export function createRedactor(): Redactor {
  const known = new Set<string>();
  let anywhere: readonly string[] = [];
  let words: RegExp | undefined;

  const text = (shown: string): string => {
    const rest = anywhere.reduce((left, spelling) => left.replaceAll(spelling, shownForSecret), shown);
    return words === undefined ? rest : rest.replaceAll(words, shownForSecret);
  };

  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        anyValues.has(name) ? redactAny(member) : ownWords.has(name) ? member : redact(member),
      ]),
    );
  };

  const redactAny = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return text(String(value)) === String(value) ? value : shownForSecret;
    if (Array.isArray(value)) return value.map(redactAny);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), redactAny(member)]));
  };

  return {
    add(secrets) {
      for (const secret of secrets) for (const part of partsOf(secret)) known.add(part);
      const long = [...known].filter((secret) => secret.length >= shortestAnywhere);
      const short = [...known].filter((secret) => secret.length < shortestAnywhere);
      // Longest first, so that a secret within another leaves no rest of the longer one.
      anywhere = [...new Set(long.flatMap(spellingsOf))].toSorted((left, right) => right.length - left.length);
      words = short.length === 0 ? undefined : anyWordOf(short);
    },
    text,
    document: <Value>(value: Value) => redact(value) as Value,
  };
}

/** A key file also shows line by line, in a code frame or in what a server quotes of it. */
function partsOf(secret: string): string[] {
  const lines = secret.includes("\n") ? secret.split(/\r?\n/u).filter((line) => line.length >= shortestAnywhere) : [];
  return [secret, ...lines].filter((part) => part.length >= shortestWord && !neverSecret.has(part));
}

/** A secret also shows in a URL, in a quoted string, with its control characters escaped, and in a Basic auth header. */
function spellingsOf(secret: string): string[] {
  return [
    secret,
    // Through bytes, because encodeURIComponent throws on half a surrogate pair.
    encodeURIComponent(Buffer.from(secret).toString()),
    JSON.stringify(secret).slice(1, -1),
    inert(secret),
    inert(secret).replaceAll('"', String.raw`\"`),
    Buffer.from(secret).toString("base64"),
  ];
}

/** One of the texts with no letter, digit or underscore beside it; the end of a colour's code is none. */
function anyWordOf(texts: readonly string[]): RegExp {
  const escaped = texts.map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}/]/gu, String.raw`\$&`));
  const start = String.raw`(?:(?<![\p{L}\p{N}_])|(?<=\u001B\[\d{1,3}m))`;
  return new RegExp(String.raw`${start}(?:${escaped.join("|")})(?![\p{L}\p{N}_])`, "gu");
}
