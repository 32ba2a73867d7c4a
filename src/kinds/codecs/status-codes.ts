/** The status codes that count as up: a set of `200` and `200-299`, canonical as sorted text without spaces. */
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

/** A single code needs no quotes as a number; `042` would lose its zero. */
function asNumber(code: Json): Json {
  return typeof code === "string" && /^[1-9]\d{2}$/u.test(code) ? Number(code) : code;
}

/** The server parses each entry leniently (`" 200 - 299 "` works), and their order has no meaning. */
function toStatusCodes(value: Json | undefined): string[] {
  const codes = listOf(value).flatMap((item) => toText(item)?.replaceAll(/\s/g, "") ?? []);
  return [...new Set(codes)].filter((code) => code !== "").toSorted();
}
