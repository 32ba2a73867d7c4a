import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  daysOfMonth,
  isRealMoment,
  isTimeZone,
  moment,
  timeRange,
  weekdayNames,
  weekdays,
} from "../../../src/kinds/maintenance/calendar.ts";
import { cronProblem } from "../../../src/kinds/maintenance/cron-pattern.ts";
import type { Codec } from "../../../src/kinds/field.ts";
import type { Json } from "../../../src/model/json.ts";

const noIds = (): number => 0;
const noReferences = (): { readonly id: number } => ({ id: 0 });

function sentAndToldAgain(codec: Codec, canonical: Json): Json {
  return codec.fromKuma(codec.toKuma(canonical, noIds), noReferences);
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hours, minutes]) => `${twoDigits(hours)}:${twoDigits(minutes)}`);

describe("dates", () => {
  test("every day and minute of a calendar is real, and comes back as it was", () => {
    const moments = fc
      .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:00Z"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 16).replace("T", " "));
    fc.assert(
      fc.property(moments, fc.constantFrom(" ", "T"), fc.constantFrom("", ":00"), (text, separator, seconds) => {
        expect(isRealMoment(text)).toBe(true);
        expect(moment.normalise(text.replace(" ", separator) + seconds)).toBe(text);
        expect(sentAndToldAgain(moment, text)).toBe(text);
      }),
    );
  });

  test.each([
    "2030-02-29 10:00",
    "2030-04-31 10:00",
    "2030-00-10 10:00",
    "2030-13-01 10:00",
    "2030-01-01 24:00",
    "2030-01-01 10:60",
    "2030-01-01 10:00:60",
    "1969-12-31 10:00",
    "0000-01-01 10:00",
    "2030-01-01",
    "2030-1-1 10:00",
    "2030-01-01 10:00Z",
    "tomorrow",
  ])("%s is not real", (text) => {
    expect(isRealMoment(text)).toBe(false);
  });

  test("what another client saved in its own way is kept as it is, to show as a difference", () => {
    expect(moment.fromKuma("2030-01-01T10:00:00.000Z", noReferences)).toBe("2030-01-01T10:00:00.000Z");
    expect(moment.fromKuma(undefined, noReferences)).toBe(null);
  });
});

describe("what recurs", () => {
  test("a time range comes back as it was", () => {
    fc.assert(
      fc.property(times, times, (from, to) => {
        expect(timeRange.normalise(`${from} - ${to}`)).toBe(`${from}-${to}`);
        expect(sentAndToldAgain(timeRange, `${from}-${to}`)).toBe(`${from}-${to}`);
      }),
    );
  });

  test("weekdays are a set that starts on Monday; the server's starts on Sunday", () => {
    expect(weekdays.toKuma(["mon", "sat", "sun"], noIds)).toEqual([1, 6, 0]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...weekdayNames], { minLength: 1 }), (names) => {
        const canonical = weekdays.normalise([...names, ...names]);
        expect(canonical).toEqual(weekdayNames.filter((name) => names.includes(name)));
        expect(sentAndToldAgain(weekdays, canonical)).toEqual(canonical);
      }),
    );
  });

  test("days of the month are a set, with the last day last", () => {
    expect(daysOfMonth.normalise(["last", 31, 2, 2])).toEqual([2, 31, "last"]);
    expect(daysOfMonth.toKuma([2, "last"], noIds)).toEqual([2, "lastDay1"]);
    expect(daysOfMonth.fromKuma(["lastDay1", 10, "lastDay2"], noReferences)).toEqual([10, "last", "lastDay2"]);
  });
});

describe("cron patterns", () => {
  test.each([
    "* * * * *",
    "30 3 * * sun",
    "0 30 3 * * 1-5",
    "*/15 0-6,22 1,15,L jan-mar/2 MON-fri",
    "0 0 L * *",
    "0 0 * * 7",
    " 0  0 * * * ",
  ])("%s is one", (pattern) => {
    expect(cronProblem(pattern)).toBe(undefined);
  });

  test.each([
    ["@daily", "five fields"],
    ["", "five fields"],
    ["* * * *", "five fields"],
    ["* * * * * * *", "five fields"],
    ["60 * * * *", '"60" is no minute'],
    ["* 24 * * *", '"24" is no hour'],
    ["* * 0 * *", '"0" is no day of the month'],
    ["* * 32 * *", '"32" is no day of the month'],
    ["* * * 13 *", '"13" is no month'],
    ["* * * sun *", '"sun" is no month'],
    ["* * * * 8", '"8" is no weekday'],
    ["60 * * * * *", '"60" is no second'],
    ["5-1 * * * *", '"5-1" is no minute'],
    ["1-2-3 * * * *", '"1-2-3" is no minute'],
    ["*/0 * * * *", '"*/0" is no minute'],
    ["*/2/2 * * * *", '"*/2/2" is no minute'],
    ["*/60 * * * *", '"*/60" is no minute'],
    ["5/2 * * * *", '"5/2" is no minute'],
    ["1, * * * *", '"1," is no minute'],
    ["-1 * * * *", '"-1" is no minute'],
    ["L * * * *", '"L" is no minute'],
    ["* * l * *", '"l" is no day of the month'],
  ])("%s is none", (pattern, words) => {
    expect(cronProblem(pattern)).toContain(words);
  });
});

test.each([
  ["UTC", true],
  ["Europe/Berlin", true],
  ["Mars/Olympus", false],
  ["+02:00", false],
  ["", false],
])("the time zone %j: %j", (zone, known) => {
  expect(isTimeZone(zone)).toBe(known);
});
