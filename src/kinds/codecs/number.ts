/** Codecs for numbers and booleans. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";

/** Canonical: a whole number or null. The form sends ports as text, and lists return them as numbers. */
export const wholeNumber: Codec = {
  normalise: toWholeNumber,
  fromKuma: (wire) => toWholeNumber(wire),
  toKuma: (canonical) => canonical,
};

/**
 * Canonical: true or false. Lists of monitors hold booleans, but 1.23 sends 0 for `active` below a paused group
 * (docs/upstream/uptime-kuma.md#fields-of-a-monitor), and other objects always use 0 and 1
 * (docs/upstream/uptime-kuma.md#shapes-of-pushes).
 */
export const boolean: Codec = {
  normalise: toBoolean,
  fromKuma: (wire) => toBoolean(wire),
  toKuma: (canonical) => canonical,
};

/** A number, or text that is a number as a whole; otherwise null. */
export function toNumber(value: Json | undefined): number | null {
  const given = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof given === "number" && Number.isFinite(given) ? given : null;
}

function toWholeNumber(value: Json | undefined): number | null {
  const given = toNumber(value);
  return given !== null && Number.isInteger(given) ? given : null;
}

/** True for true, 1, and text with one of them; otherwise false. */
export function toBoolean(value: Json | undefined): boolean {
  return value === true || value === 1 || value === "true" || value === "1";
}
