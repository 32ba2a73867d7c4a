/**
 * JSON that the server keeps as text. The text is written back exactly as the form writes it (JSON.stringify with four
 * spaces, EditMonitor.vue "Beautify the JSON format"), so that pressing Save in the UI changes nothing.
 */
import { isJsonObject, parseJson, type Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { formText } from "./form-text.ts";
import { toText } from "./text.ts";

/**
 * Headers. Written as a mapping or as JSON text; canonical: a mapping whose scalars are text, null for none, or, when
 * the text is no JSON object, that text, so that what is wrong on the server shows as a difference.
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

/** A body that is always JSON. Canonical: the parsed mapping or list; any other text stays text. Null for none. */
export const body: Codec = {
  normalise: (written) => toBody(written),
  fromKuma: (wire) => toBody(wire),
  toKuma: fromParsed,
  written: asMapping,
};

/**
 * A body that `httpBodyEncoding` gives its meaning. Under `json` the server parses it before every request and sends what it
 * parsed, so blank space does not count: canonical as `body`. Under `form` and `xml` the server sends the text byte for byte:
 * canonical is that text, and a mapping under `form` is the text that it is encoded to.
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

/** As it is, or as JSON text where a name in it cannot be a key in YAML (config/read-value.ts). */
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
