/**
 * The net under typed redaction. Plans, findings and reports hold no secret by construction; this catches what slips in
 * from elsewhere, such as a server that quotes a token in an error text.
 *
 * Values shorter than six characters are not looked for: `1`, `up` or `wrong` would blot out half of any text, a secret
 * that short is one guess away, and Uptime Kuma takes no shorter password. JSON is redacted as values before it is serialised, never as text, so it stays valid; names of
 * members, numbers, and members that hold one of our own words (`action: create`) are left alone.
 */

export const shownForSecret = "(sensitive)";

const shortestSecret = 6;

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
]);

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
  let spellings: readonly string[] = [];

  const text = (shown: string): string =>
    spellings.reduce((rest, spelling) => rest.replaceAll(spelling, shownForSecret), shown);

  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(redact);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, ownWords.has(name) ? member : redact(member)]),
    );
  };

  return {
    add(secrets) {
      for (const secret of secrets) if (secret.length >= shortestSecret) known.add(secret);
      // Longest first, so that a secret within another leaves no rest of the longer one.
      spellings = [...new Set([...known].flatMap(spellingsOf))].toSorted((left, right) => right.length - left.length);
    },
    text,
    document: <Value>(value: Value) => redact(value) as Value,
  };
}

/** A secret also shows in a URL, in a quoted string, and in a Basic auth header. */
function spellingsOf(secret: string): string[] {
  return [
    secret,
    // Through bytes, because encodeURIComponent throws on half a surrogate pair.
    encodeURIComponent(Buffer.from(secret).toString()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ];
}
