/** A span of time, written as seconds or with a unit; canonical, and on the server, a number of seconds. */
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
    // Zero and fractions such as 1e-7 have no spelling: the number itself is what the schema then refuses.
    return new RegExp(durationPattern, "u").test(text) ? text : canonical;
  },
};
