/**
 * The net under typed redaction. Plans, findings and reports hold no secret by construction; this catches what slips in
 * from elsewhere, such as a server that quotes a token in an error text. It knows the secrets of a run: what came from the
 * environment and from files, and our own credentials.
 *
 * How a secret is looked for depends on its length. Six characters and more (Uptime Kuma takes no shorter password): anywhere,
 * also within a word. Four and five, such as a PIN: as a whole word, because they are parts of too many others. Shorter ones,
 * and `true`, `false` and `null`, are not looked for: they would blot out half of any text and hide nothing.
 *
 * Documents are redacted as values before anything is rendered from them, never as text, so that they stay valid. Names of
 * members, numbers of ours, and members that hold one of our own words (`action: create`) are left alone; below members
 * that hold values of the user's, numbers and names count as text. A password or token in an address there is one that only
 * the server may hold, so that nobody named it as a secret: it is taken out by its place in the address.
 */

import { secretParts } from "./secret-parts.ts";
import { withoutUrlCredentials } from "./url-credentials.ts";
import { replacerOf, shortestFound } from "./text-finder.ts";

export const shownForSecret = "(sensitive)";

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
const anyValues: ReadonlySet<string> = new Set(["before", "after", "value", "name"]);

export interface Redactor {
  /** More values that must never be shown. */
  add(secrets: readonly string[]): void;
  text(text: string): string;
  /** The same document without the secrets; the input is not changed. */
  document<Value>(value: Value): Value;
}

/**
 * Starts without secrets: they become known while a command reads its input. `asPrinted` is how the program writes a text that
 * is not its own; a text that is printed already is searched for secrets in that form too.
 */
export function createRedactor(asPrinted: (text: string) => string = (text) => text): Redactor {
  const known = new Set<string>();
  let withoutLong = replacerOf([], shownForSecret);
  let words: RegExp | undefined;

  const text = (shown: string): string => {
    const rest = withoutLong(shown);
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
    if (typeof value === "string") return text(withoutUrlCredentials(value));
    if (typeof value === "number") return text(String(value)) === String(value) ? value : shownForSecret;
    if (Array.isArray(value)) return value.map(redactAny);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), redactAny(member)]));
  };

  return {
    add(secrets) {
      for (const secret of secrets) for (const part of partsOf(secret)) known.add(part);
      const long = [...known].filter((secret) => secret.length >= shortestFound);
      const short = [...known].filter((secret) => secret.length < shortestFound);
      withoutLong = replacerOf([...new Set(long.flatMap((secret) => spellingsOf(secret, asPrinted)))], shownForSecret);
      words = short.length === 0 ? undefined : anyWordOf(short);
    },
    text,
    document: <Value>(value: Value) => redact(value) as Value,
  };
}

/** A key file also shows line by line, in a code frame or in what a server quotes of it; others in parts of an address. */
function partsOf(secret: string): string[] {
  const lines = secret.includes("\n") ? secret.split(/\r?\n/u).filter((line) => line.length >= shortestFound) : [];
  return [secret, ...lines, ...secretParts(secret)].filter(
    (part) => part.length >= shortestWord && !neverSecret.has(part),
  );
}

/** A secret also shows in a URL, in a quoted string or one within another, with its spaces made one, and in a Basic header. */
function spellingsOf(secret: string, asPrinted: (text: string) => string): readonly string[] {
  const bytes = Buffer.from(secret);
  // Through bytes, because encodeURI throws on half a surrogate pair.
  const whole = bytes.toString();
  const quoted = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeURIComponent(whole);
  const written = [
    secret,
    encoded,
    encoded.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()),
    encodeURI(whole),
    new URLSearchParams([["", whole]]).toString().slice(1),
    quoted,
    JSON.stringify(quoted).slice(1, -1),
  ];
  return [
    // One after the other: the server quotes it, its message is made one line (kuma/server-message.ts), that is printed.
    ...written.flatMap((text) => [text, oneLine(text)]).flatMap((text) => [text, asPrinted(text)]),
    asPrinted(secret).replaceAll('"', String.raw`\"`),
    bytes.toString("base64"),
    ...base64Within(bytes),
  ].filter(({ length }) => length >= shortestFound);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
}

/** Behind a user name the same bytes have one of three spellings; the characters that depend on what is around are left out. */
function base64Within(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice([0, 2, 3][before], Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** One of the texts with no letter, digit or underscore beside it; the end of a colour's code is none. */
function anyWordOf(texts: readonly string[]): RegExp {
  const escaped = texts.map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}/]/gu, String.raw`\$&`));
  const start = String.raw`(?:(?<![\p{L}\p{N}_])|(?<=\u001B\[\d{1,3}m))`;
  return new RegExp(String.raw`${start}(?:${escaped.join("|")})(?![\p{L}\p{N}_])`, "gu");
}
