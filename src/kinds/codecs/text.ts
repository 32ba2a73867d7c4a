/** Codecs for values that are text on the server. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";

/** Text for which "" and nothing differ (an expected value may be ""). Canonical: string or null. */
export const text: Codec = {
  normalise: toText,
  fromKuma: (wire) => toText(wire),
  toKuma: (canonical) => canonical,
};

/** Text for which "", null and a missing key mean the same. Canonical: a non-empty string or null. */
export const optionalText: Codec = {
  normalise: toOptionalText,
  fromKuma: (wire) => toOptionalText(wire),
  toKuma: (canonical) => canonical,
};

/**
 * An address or name that cannot work with surrounding white space. The form removes it before saving (EditMonitor.vue
 * `submit`), and so does this codec for what is written. The server's value stays unchanged, so that a value with white
 * space is repaired.
 */
export const trimmedText: Codec = repairing((given) => given.trim());

/** Like `trimmedText`; in addition, the case of a URL's scheme does not count (RFC 3986, section 3.1). */
export const urlText: Codec = repairing((given) => withLowerCaseScheme(given.trim()), withLowerCaseScheme);

/**
 * Resolvers of a DNS monitor. An address in brackets equals the address without them, which 1.23 and 2.x both accept.
 */
export const resolverText: Codec = repairing((given) =>
  given.trim().replaceAll(/(^|,)(\s*)\[([^[\],]*)\](?=\s*(?:,|$))/gu, "$1$2$3"),
);

/** `repair` turns what is written into the intended value; `equal` maps values that count as equal to the same text. */
function repairing(repair: (given: string) => string, equal = (given: string): string => given): Codec {
  const normalise = (written: Json): string | null => toOptionalText(repair(toText(written) ?? ""));
  return {
    normalise,
    fromKuma: (wire) => toOptionalText(equal(toText(wire) ?? "")),
    toKuma: (canonical) => canonical,
    written: normalise,
    isRepairing: true,
  };
}

function withLowerCaseScheme(url: string): string {
  return url.replace(/^\s*[a-z][a-z0-9+.-]*:(?=\/\/)/iu, (scheme) => scheme.toLowerCase());
}

/** One of a fixed set of words; `whenNull` is the server's meaning of null. */
export function word(whenNull: string): Codec {
  return {
    normalise: (written) => toOptionalText(written) ?? whenNull,
    fromKuma: (wire) => toOptionalText(wire) ?? whenNull,
    toKuma: (canonical) => canonical,
  };
}

/** Text whose case the server ignores: an HTTP method, a colour. Canonical: upper case. */
export const upperCaseText: Codec = {
  normalise: (written) => toOptionalText(written)?.toUpperCase() ?? null,
  fromKuma: (wire) => toOptionalText(wire)?.toUpperCase() ?? null,
  toKuma: (canonical) => canonical,
};

/**
 * A certificate or key in PEM. Line endings and surrounding white space do not count, so that a file equals the text
 * that was pasted into the form.
 */
export const pem: Codec = {
  normalise: toPem,
  fromKuma: (wire) => toPem(wire),
  toKuma: (canonical) => canonical,
};

/** Null for values that are neither text nor a scalar that can be written as text. */
export function toText(value: Json | undefined): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function toOptionalText(value: Json | undefined): string | null {
  const given = toText(value);
  return given === "" ? null : given;
}

function toPem(value: Json | undefined): string | null {
  const lines = toText(value)?.replaceAll("\r\n", "\n").trim();
  return lines === undefined || lines === "" ? null : lines;
}
