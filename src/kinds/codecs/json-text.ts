/**
 * JSON that the server keeps as text. The text is written back exactly as the form writes it (JSON.stringify with four
 * spaces, EditMonitor.vue "Beautify the JSON format"), so that pressing Save in the UI changes nothing.
 */
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
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

/**
 * A request body. Canonical: the parsed mapping or list; any other text stays text, a bare `1.0` too, because under
 * another encoding than JSON it would be sent as it stands. Null for none.
 */
export const body: Codec = {
  normalise: toBody,
  fromKuma: (wire) => toBody(wire),
  toKuma: fromParsed,
  written: asMapping,
};

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

/** Undefined for text that is not JSON. */
function parseJson(given: string): Json | undefined {
  try {
    return JSON.parse(given) as Json;
  } catch {
    return undefined;
  }
}
