/**
 * Dates and times of a maintenance. They have no time zone; the maintenance has one. A date that does not exist must
 * never reach a server: 1.23 stores it and can then no longer list any maintenance
 * (docs/upstream/uptime-kuma.md#maintenance).
 */
import type { Json } from "../../model/json.ts";
import { listOf } from "../codecs/list-of.ts";
import { toNumber } from "../codecs/number.ts";
import { toText } from "../codecs/text.ts";
import type { Codec } from "../field.ts";
import { isJsonObject } from "../../model/json.ts";

export const momentPattern = String.raw`^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$`;
const momentParts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::(\d{2})(?:\.0+)?)?$/u;

/** Canonical: `2026-11-23 01:30`, with seconds only if they are not zero; null for none. Other text is unchanged. */
export const moment: Codec = {
  normalise: toMoment,
  fromKuma: (wire) => toMoment(wire),
  // In the form's spelling, whose input accepts no space.
  toKuma: (canonical) => (typeof canonical === "string" ? canonical.replace(" ", "T") : null),
};

function toMoment(value: Json | undefined): string | null {
  const given = toText(value)?.trim() ?? "";
  if (given === "") return null;
  const [, date, minutes, seconds = "00"] = momentParts.exec(given) ?? [];
  if (date === undefined || minutes === undefined) return given;
  return `${date} ${minutes}${seconds === "00" ? "" : `:${seconds}`}`;
}

/** Whether the moment exists: not for 30 February or 24:30. */
export function isRealMoment(canonical: string): boolean {
  const [, date, minutes, seconds = "00"] = momentParts.exec(canonical) ?? [];
  if (date === undefined || minutes === undefined) return false;
  const written = `${date}T${minutes}:${seconds}.000Z`;
  const parsed = new Date(written);
  // JavaScript converts 30 February to 1 March, and 24:00 to the next day.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === written && date >= "1970-01-01";
}

const time = String.raw`([01]\d|2[0-3]):[0-5]\d`;
export const timeRangePattern = `^${time} ?- ?${time}$`;

/**
 * Canonical: `22:00-02:00`, which ends the next day; null for none. On the server: two objects `{ hours, minutes }`.
 */
export const timeRange: Codec = {
  normalise: (written) => toText(written)?.replaceAll(" ", "") ?? null,
  fromKuma: (wire) => {
    const times = listOf(wire).map(timeText);
    const [from, to] = times;
    return from == null || to == null ? null : `${from}-${to}`;
  },
  toKuma: (canonical) =>
    typeof canonical === "string"
      ? canonical.split("-").map((text) => {
          const [hours, minutes] = text.split(":").map(Number);
          return { hours: hours ?? 0, minutes: minutes ?? 0 };
        })
      : null,
};

function timeText(value: Json): string | null {
  if (!isJsonObject(value)) return null;
  const hours = toNumber(value["hours"]);
  const minutes = toNumber(value["minutes"]);
  return hours === null || minutes === null ? null : `${twoDigits(hours)}:${twoDigits(minutes)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Monday first; the server counts from Sunday. */
export const weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A set. Canonical: names from Monday on, null for none. On the server, 0 is Sunday. */
export const weekdays: Codec = {
  normalise: (written) => inWeek(listOf(written).flatMap((item) => toText(item) ?? [])),
  fromKuma: (wire) =>
    inWeek(listOf(wire).flatMap((item) => weekdayNames[((toNumber(item) ?? Number.NaN) + 6) % 7] ?? [])),
  toKuma: (canonical) => listOf(canonical).map((name) => ((weekdayNames as readonly Json[]).indexOf(name) + 1) % 7),
};

function inWeek(names: readonly string[]): string[] | null {
  const found = weekdayNames.filter((name) => names.includes(name));
  return found.length === 0 ? null : found;
}

const lastDay = "lastDay1";

/**
 * A set. Canonical: numbers in order, then `last`; null for none. Values that the server stores but ignores are
 * unchanged.
 */
export const daysOfMonth: Codec = {
  normalise: (written) => inMonth(listOf(written)),
  fromKuma: (wire) => inMonth(listOf(wire).map((item) => (item === lastDay ? "last" : item))),
  toKuma: (canonical) => listOf(canonical).map((day) => (day === "last" ? lastDay : day)),
};

function inMonth(days: readonly Json[]): Json[] | null {
  const numbers = days.flatMap((day) => toNumber(day) ?? []).toSorted((left, right) => left - right);
  const words = days.flatMap((day) => (toNumber(day) === null ? (toText(day) ?? []) : [])).toSorted();
  return days.length === 0 ? null : [...new Set([...numbers, ...words])];
}

/** Canonical: seconds. On the server: minutes, and 0 or nothing for strategies without a duration. */
export const minutes = {
  fromKuma: (wire: Json | undefined): number | null => {
    const count = toNumber(wire);
    return count === null || count === 0 ? null : count * 60;
  },
  toKuma: (canonical: Json): Json => (typeof canonical === "number" ? canonical / 60 : null),
};

/** Whether this computer knows the time zone by its IANA name. Offsets such as `+02:00` are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
