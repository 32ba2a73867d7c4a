/** The status codes that count as up, such as `200` and `200-299`. Canonical: sorted texts without spaces. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { listOf } from "./list-of.ts";
import { toText } from "./text.ts";

export const statusCodes: Codec = {
  normalise: toStatusCodes,
  fromKuma: (wire) => toStatusCodes(wire),
  toKuma: (canonical) => canonical,
  written: (canonical) => listOf(canonical).map(asNumber),
};

/** A single code can be written as a number; `042` would lose its zero. */
function asNumber(code: Json): Json {
  return typeof code === "string" && /^[1-9]\d{2}$/u.test(code) ? Number(code) : code;
}

/** The server parses entries leniently (`" 200 - 299 "` works) and ignores their order. */
function toStatusCodes(value: Json | undefined): string[] {
  const codes = listOf(value).flatMap((item) => toText(item)?.replaceAll(/\s/g, "") ?? []);
  return [...new Set(codes)].filter((code) => code !== "").toSorted();
}
