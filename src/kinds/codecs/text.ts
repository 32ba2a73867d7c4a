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
