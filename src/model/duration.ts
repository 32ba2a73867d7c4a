/**
 * Lengths of time: how people write them in YAML and in flags, and how output shows them. The canonical form, and what
 * Uptime Kuma stores, is a number of seconds.
 */
import type { Json } from "./json.ts";

const secondsIn = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
type Unit = keyof typeof secondsIn;

export const secondsADay = secondsIn.d;

/**
 * `90` (seconds), `90s`, `1.5m`, `500ms`, `1w`, and whole numbers of several units, the greatest first: `1h30m`. Zero
 * cannot be written. JSON Schema carries the pattern, so it needs no flags.
 */
export const durationPattern = String.raw`^(?=.*[1-9])(\d+(\.\d+)?(ms|s|m|h|d|w)?|(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$`;

/** Seconds of a written duration: a number, or text as in `durationPattern`. Null for anything else. */
export function secondsOf(written: Json): number | null {
  if (typeof written === "string") return new RegExp(durationPattern, "u").test(written) ? sum(written) : null;
  return typeof written === "number" && Number.isFinite(written) ? written : null;
}

function sum(text: string): number {
  const quantities = text.matchAll(/(?<count>\d+(?:\.\d+)?)(?<unit>ms|[smhdw])?/gu);
  return [...quantities].reduce((seconds, { groups: { count = "0", unit = "s" } = {} }) => {
    // A thousandth has no exact double; dividing by 1000 rounds once.
    return seconds + (unit === "ms" ? Number(count) / 1000 : Number(count) * secondsIn[unit as Unit]);
  }, 0);
}

/** As a person would write it, in the greatest unit that leaves no fraction: `5m`, `90s`, `1d`. */
export function writtenDuration(seconds: number): string {
  const unit = (["d", "h", "m"] as const).find((name) => seconds > 0 && seconds % secondsIn[name] === 0) ?? "s";
  return `${seconds / secondsIn[unit]}${unit}`;
}

/** How long something took, from milliseconds: `20ms`, `0.2s`, `12s`, `3m 05s`. */
export function durationText(ms: number): string {
  if (ms < 99.5) return `${Math.round(ms)}ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
}

/** How long ago something was, from milliseconds, in its two greatest units: `12s`, `5m`, `3h 20m`, `4d 7h`. */
export function ageText(ms: number): string {
  // The clocks of two machines differ, so a time in the future counts as now.
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${seconds}s`;
  if (hours < 1) return `${minutes}m`;
  return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}
