/**
 * Values inside a URL that would change how it is read: a password with an `@` ends where the host begins, a token with a `&`
 * begins another parameter (RFC 3986 section 2.2).
 */

const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//u;

/** A percent sign that begins no code, and blanks and control characters, of which a URL parser drops some. */
const everywhere = String.raw`%(?![0-9A-Fa-f]{2})|[\s\u0000-\u001F]`;

/** What may not stand in a part of a URL as it is, because it ends the part or means something else there. */
const reserved = {
  login: new RegExp(String.raw`[/?#@\\]|${everywhere}`, "u"),
  path: new RegExp(String.raw`[?#\\]|${everywhere}`, "u"),
  parameter: new RegExp(String.raw`[&#+]|${everywhere}`, "u"),
  query: new RegExp(String.raw`#|${everywhere}`, "u"),
} as const;

export type UrlPart = keyof typeof reserved;

const anyReserved = new RegExp(String.raw`[/?#@\\&+]|${everywhere}`, "u");

/** Whether there is a part of a URL in which `value` would be misread; most values hold nothing of the kind. */
export function canBeMisread(value: string): boolean {
  return anyReserved.test(value);
}

/**
 * The part of a URL in which `value` would be misread, unless it is encoded. Undefined when it is read as it is meant, when
 * `before` does not begin a URL, and for what stands for a host or more: that is a part of the address itself.
 */
export function misreadIn({
  before,
  value,
  after,
}: {
  readonly before: string;
  readonly value: string;
  readonly after: string;
}): UrlPart | undefined {
  const part = scheme.test(before) ? partOf(before.replace(scheme, ""), after) : undefined;
  return part !== undefined && reserved[part].test(value) ? part : undefined;
}

function partOf(before: string, after: string): UrlPart | undefined {
  if (before.includes("#")) return undefined;
  const query = before.indexOf("?");
  if (query >= 0) return before.slice(query).split("&").at(-1)?.includes("=") === true ? "parameter" : "query";
  if (before.includes("/")) return "path";
  return /^[^/?#]*@/u.test(after) ? "login" : undefined;
}
