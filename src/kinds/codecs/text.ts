/** Codecs for values that are text on the server. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";

/** Text that is not the same as nothing when it is empty (an expected value may be ""). Canonical: string or null. */
export const text: Codec = {
  normalise: toText,
  fromKuma: (wire) => toText(wire),
  toKuma: (canonical) => canonical,
};

/** Text where "", null and an absent key mean the same. Canonical: a non-empty string or null. */
export const optionalText: Codec = {
  normalise: toOptionalText,
  fromKuma: (wire) => toOptionalText(wire),
  toKuma: (canonical) => canonical,
};

/**
 * An address or a name that never works with blanks around it: the form takes them off before it saves (EditMonitor.vue
 * `submit`), and so does what is written. What the server holds stays as it is, so that a value with blanks is put right.
 */
export const trimmedText: Codec = repairing((given) => given.trim());

/** As `trimmedText`; the case of a URL's scheme does not count (RFC 3986, section 3.1). */
export const urlText: Codec = repairing((given) => withLowerCaseScheme(given.trim()), withLowerCaseScheme);

/** Resolvers of a DNS monitor: an address in brackets is the address, which 1.23 and 2.x both take without them. */
export const resolverText: Codec = repairing((given) =>
  given.trim().replaceAll(/(^|,)(\s*)\[([^[\],]*)\](?=\s*(?:,|$))/gu, "$1$2$3"),
);

/** `repair` gives what is meant by what is written; `equal` what counts as equal on both sides. */
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

/** One of a closed set of words; `whenNull` is what the server takes null to mean. */
export function word(whenNull: string): Codec {
  return {
    normalise: (written) => toOptionalText(written) ?? whenNull,
    fromKuma: (wire) => toOptionalText(wire) ?? whenNull,
    toKuma: (canonical) => canonical,
  };
}

/** Text whose case does not count on the server: an HTTP method, a colour. Canonical: upper case. */
export const upperCaseText: Codec = {
  normalise: (written) => toOptionalText(written)?.toUpperCase() ?? null,
  fromKuma: (wire) => toOptionalText(wire)?.toUpperCase() ?? null,
  toKuma: (canonical) => canonical,
};

/**
 * A certificate or key in PEM. Line endings and blank space at the ends do not count, so that a file and what was
 * pasted from it into the form are the same.
 */
export const pem: Codec = {
  normalise: toPem,
  fromKuma: (wire) => toPem(wire),
  toKuma: (canonical) => canonical,
};

/** Null for what is neither text nor a scalar that can be written as text. */
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
