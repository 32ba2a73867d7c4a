/**
 * JSON that the server stores as text. It is written exactly as the form writes it (JSON.stringify with four spaces,
 * EditMonitor.vue "Beautify the JSON format"), so that pressing Save in the UI changes nothing.
 */
import { isJsonObject, parseJson, type Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { formText } from "./form-text.ts";
import { toText } from "./text.ts";

/**
 * Headers, written as a mapping or as JSON text. Canonical: a mapping whose scalars are text, or null for none. If the
 * text is not a JSON object, it stays text, so that a mistake on the server shows as a difference.
 */
export const headers: Codec = {
  normalise: toHeaders,
  fromKuma: (wire) => toHeaders(wire),
  toKuma: fromParsed,
  written: (canonical) =>
    isJsonObject(canonical) && Object.values(canonical).some((value) => typeof value !== "string")
      ? JSON.stringify(canonical)
      : asMapping(canonical),
};

/** A body that is always JSON. Canonical: the parsed mapping or list, or null for none. Any other text stays text. */
export const body: Codec = {
  normalise: (written) => toBody(written),
  fromKuma: (wire) => toBody(wire),
  toKuma: fromParsed,
  written: asMapping,
};

/**
 * A body whose meaning depends on `httpBodyEncoding`. Under `json`, the server parses it before every request and sends
 * the parsed value, so white space does not count and it is canonical like `body`. Under `form` and `xml`, the server
 * sends the text unchanged: canonical is that text, and a mapping under `form` becomes the encoded text.
 */
export const encodedBody: Codec = {
  normalise: (written, beside = {}) => {
    const encoding = beside["httpBodyEncoding"];
    if (!isSentAsText(encoding)) return toBody(written);
    if (encoding === "form" && isJsonObject(written)) return formText(written) || null;
    // Nothing else can be written under these encodings (config/rules/body-encoding.ts).
    return toText(written) || (typeof written === "object" && written !== null ? JSON.stringify(written) : null);
  },
  fromKuma: (wire, _referenceOf, row = {}) =>
    isSentAsText(row["httpBodyEncoding"]) ? toText(wire) || null : toBody(wire),
  toKuma: fromParsed,
  written: asMapping,
};

function isSentAsText(encoding: Json | undefined): boolean {
  return encoding === "form" || encoding === "xml";
}

/** Unchanged, or as JSON text if one of its names cannot be a key in YAML (config/values/read-value.ts). */
function asMapping(canonical: Json): Json {
  return hasUnwritableKey(canonical) ? JSON.stringify(canonical) : canonical;
}

function hasUnwritableKey(value: Json): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => hasUnwritableKey(item));
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(([key, item]) => key === "__proto__" || key === "<<" || hasUnwritableKey(item));
}

function toHeaders(value: Json | undefined): Json {
  const given = isJsonObject(value) ? value : toText(value);
  if (given === null || given === "") return null;
  const parsed = typeof given === "string" ? parseJson(given) : given;
  if (!isJsonObject(parsed)) return given;
  const entries = Object.entries(parsed);
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.map(([name, item]) => [name, toText(item) ?? item]));
}

function toBody(value: Json | undefined): Json {
  if (typeof value === "object" && value !== null) return value;
  const given = toText(value);
  if (given === null || given === "") return null;
  const parsed = parseJson(given);
  return typeof parsed === "object" && parsed !== null ? parsed : given;
}

function fromParsed(canonical: Json): Json {
  return typeof canonical === "object" && canonical !== null ? JSON.stringify(canonical, null, 4) : canonical;
}
