/**
 * Lengths of time: how people write them in YAML and in flags, and how output shows them. The canonical form, and what
 * Uptime Kuma stores, is a number of seconds.
 */
import type { Json } from "./json.ts";

const secondsIn = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
type Unit = keyof typeof secondsIn;

/** The hint for a text that is not a duration. */
export const durationForms = "a time is written like 90s, 5m, 1h30m or 1d (ms, s, m, h, d, w)";

export const secondsADay = secondsIn.d;

/**
 * `90` (seconds), `90s`, `1.5m`, `500ms`, `1w`, and whole numbers of several units, the greatest first: `1h30m`. `sec` and
 * `min` are the same as `s` and `m`. Zero cannot be written. JSON Schema carries the pattern, so it needs no flags.
 */
export const durationPattern = String.raw`^(?=.*[1-9])(\d+(\.\d+)?(ms|s|sec|m|min|h|d|w)?|(\d+w)?(\d+d)?(\d+h)?(\d+(m|min))?(\d+(s|sec))?(\d+ms)?)$`;

/** Seconds of a written duration: a number, or text as in `durationPattern`. Null for anything else. */
export function secondsOf(written: Json): number | null {
  if (typeof written === "string") return new RegExp(durationPattern, "u").test(written) ? sum(written) : null;
  return typeof written === "number" && Number.isFinite(written) ? written : null;
}

function sum(text: string): number {
  const quantities = text.matchAll(/(?<count>\d+(?:\.\d+)?)(?<unit>ms|min|sec|[smhdw])?/gu);
  return [...quantities].reduce((seconds, { groups: { count = "0", unit = "s" } = {} }) => {
    // A thousandth has no exact double; dividing by 1000 rounds once.
    if (unit === "ms") return seconds + Number(count) / 1000;
    return seconds + Number(count) * secondsIn[(unit.length === 3 ? unit.charAt(0) : unit) as Unit];
  }, 0);
}

/** Words for units that people write elsewhere; months and years have no fixed length. */
const unitWords: readonly (readonly [words: RegExp, unit: Unit])[] = [
  [/^(ms|msecs?|millis|milliseconds?)$/u, "ms"],
  [/^(s|secs?|seconds?)$/u, "s"],
  [/^(m|mins?|minutes?)$/u, "m"],
  [/^(h|hrs?|hours?)$/u, "h"],
  [/^(d|days?)$/u, "d"],
  [/^(w|wks?|weeks?)$/u, "w"],
];

/**
 * The duration that was meant by a text in another form: `5m` for `5 minutes`, `PT5M` and `0:05:00`, `1h30m` for `1h 30`.
 * Undefined if that is not certain.
 */
export function meantDuration(text: string): string | undefined {
  const clock = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/u.exec(text.trim());
  const plain =
    clock === null
      ? text
          .toLowerCase()
          .replace(/^pt?(?=\d)/u, "")
          .replace(/(?<=\dd)t(?=\d)/u, "")
          .replaceAll(/[\s+_]|,(?=\s)|\band\b/gu, "")
          .replace(/(?<=\d),(?=\d)/u, ".")
      : `${clock[1]}h${clock[2]}m${clock[3]}s`;
  if (plain.length > 40 || !/^(\d+(\.\d+)?[a-z]*)+$/u.test(plain)) return undefined;
  const parts = [...plain.matchAll(/(?<count>\d+(?:\.\d+)?)(?<word>[a-z]*)/gu)].map(({ groups }) => ({
    count: Number(groups?.["count"]),
    unit: unitWords.find(([words]) => words.test(groups?.["word"] ?? ""))?.[1],
    hasWord: groups?.["word"] !== "",
  }));
  const seconds = parts.map(({ count, unit, hasWord }, index) => {
    if (unit !== undefined) return unit === "ms" ? count / 1000 : count * secondsIn[unit];
    // `1h30`: the next smaller unit.
    const above = parts[index - 1]?.unit;
    if (hasWord || index === 0) return hasWord ? Number.NaN : count;
    return above === "h" ? count * 60 : above === "m" ? count : Number.NaN;
  });
  const total = seconds.reduce((all, some) => all + some, 0);
  const written = total > 0 && total < 1 ? `${Math.round(total * 1000)}ms` : shortDuration(total);
  return Number.isFinite(total) && total > 0 && secondsOf(written) !== null ? written : undefined;
}

/** In whole units, the greatest first: `16h40m`, `2d12h`, `5m`; a fraction as in `writtenDuration`. */
export function shortDuration(seconds: number): string {
  if (!Number.isInteger(seconds)) return writtenDuration(seconds);
  let rest = seconds;
  const parts = (["d", "h", "m", "s"] as const).map((unit) => {
    const count = Math.floor(rest / secondsIn[unit]);
    rest -= count * secondsIn[unit];
    return count === 0 ? "" : `${count}${unit}`;
  });
  return parts.join("") || "0s";
}

/** In the greatest unit without a fraction: `5m`, `90s`, `1d`. */
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
  // The clocks of two machines differ: a time in the future counts as now.
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${seconds}s`;
  if (hours < 1) return `${minutes}m`;
  return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}
