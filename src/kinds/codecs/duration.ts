/** A span of time, written as seconds or with a unit; canonical, and on the server, a number of seconds. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { toNumber } from "./number.ts";

/** `90`, `90s`, `1.5m`, `1h`, `1d`, and no way to write zero; free of flags, so that JSON Schema can carry it. */
export const durationPattern = String.raw`^(?=.*[1-9])\d+(\.\d+)?(s|m|h|d)?$`;

const secondsIn = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

export const duration: Codec = {
  normalise: toSeconds,
  fromKuma: (wire) => toNumber(wire),
  toKuma: (canonical) => canonical,
  written: (canonical) => (typeof canonical === "number" ? withUnit(canonical) : canonical),
};

/** In the greatest unit that leaves no fraction. A number that the pattern has no spelling for stays one. */
function withUnit(seconds: number): Json {
  const unit = (["d", "h", "m"] as const).find((name) => seconds % secondsIn[name] === 0) ?? "s";
  const text = `${seconds / secondsIn[unit]}${unit}`;
  return new RegExp(durationPattern).test(text) ? text : seconds;
}

/** Null for what is no duration. */
function toSeconds(written: Json): number | null {
  if (typeof written !== "string" || !new RegExp(durationPattern).test(written)) return toNumber(written);
  const unit = written.at(-1) as string;
  if (!Object.hasOwn(secondsIn, unit)) return Number(written);
  return Number(written.slice(0, -1)) * secondsIn[unit as keyof typeof secondsIn];
}
