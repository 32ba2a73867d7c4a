/** A duration, written in seconds or with a unit. Canonical and on the server, it is a number of seconds. */
import { durationPattern, secondsOf, writtenDuration } from "../../model/duration.ts";
import type { Codec } from "../field.ts";
import { toNumber } from "./number.ts";

export const duration: Codec = {
  normalise: secondsOf,
  fromKuma: (wire) => toNumber(wire),
  toKuma: (canonical) => canonical,
  written(canonical) {
    if (typeof canonical !== "number") return canonical;
    const text = writtenDuration(canonical);
    // Zero, and fractions such as 1e-7, cannot be written with a unit. The number is written instead, and the schema
    // refuses it.
    return new RegExp(durationPattern, "u").test(text) ? text : canonical;
  },
};
