import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  ageText,
  durationPattern,
  durationText,
  meantDuration,
  secondsOf,
  shortDuration,
  writtenDuration,
} from "../../src/model/duration.ts";

test.each([
  [90, 90],
  ["90", 90],
  ["90s", 90],
  ["1.5m", 90],
  ["1h", 3600],
  ["1d", 86_400],
  ["1w", 604_800],
  ["500ms", 0.5],
  ["1h30m", 5400],
  ["1min", 60],
  ["90sec", 90],
  ["1h30min10sec", 5410],
  ["1w2d3h4m5s6ms", 788_645.006],
])("%j is %d seconds", (written, seconds) => {
  expect(secondsOf(written)).toBe(seconds);
});

test.each([
  "0",
  "0s",
  "0.0m",
  "00h",
  "",
  "5x",
  "-1s",
  "1m1h",
  "1.5h30m",
  "1h30",
  "5 m",
  "5M",
  "1mi",
  "1mins",
  "1min1m",
  true,
  null,
])("%j is not a duration", (written) => {
  expect(secondsOf(written)).toBe(null);
});

test.each([
  ["5 minutes", "5m"],
  ["1 hour, 30 minutes", "1h30m"],
  ["1h 30", "1h30m"],
  ["1h30", "1h30m"],
  ["2 hrs and 5 mins", "2h5m"],
  ["0:05:00", "5m"],
  ["PT5M", "5m"],
  ["P1DT12H", "1d12h"],
  ["5M", "5m"],
  ["1,5h", "1h30m"],
  ["500 ms", "500ms"],
  ["90 S", "1m30s"],
])("%s was meant to be %s", (text, meant) => {
  expect(meantDuration(text)).toBe(meant);
});

test.each(["soon", "5 months", "1y", "-5m", "0s", "*/5 * * * *", "5m later", "", "m5", "1:30", "9".repeat(400)])(
  "what %j was meant to be is not known",
  (text) => {
    expect(meantDuration(text)).toBe(undefined);
  },
);

test("a meant duration can be written", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("1", "0", "5", "h", "m", "s", " ", "d", ".", ",", "in") }),
      (text) => {
        const meant = meantDuration(text);
        expect(meant === undefined || secondsOf(meant) !== null).toBe(true);
      },
    ),
  );
});

test("a short duration has whole units, and is exact", () => {
  expect([60_000, 216_000, 300, 90, 0.5, 86_461].map(shortDuration)).toEqual([
    "16h40m",
    "2d12h",
    "5m",
    "1m30s",
    "0.5s",
    "1d1m1s",
  ]);
});

test("a written duration reads back as the same seconds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seconds) => {
      expect(secondsOf(writtenDuration(seconds))).toBe(seconds);
    }),
  );
});

test("the pattern reads long nonsense in no time", () => {
  expect(new RegExp(durationPattern, "u").test(`${"1".repeat(50_000)}x`)).toBe(false);
});

test("output shows durations with one or two units", () => {
  expect([300, 90, 86_400, 5400, 0].map(writtenDuration)).toEqual(["5m", "90s", "1d", "90m", "0s"]);
  expect([20, 230, 12_000, 185_000].map(durationText)).toEqual(["20ms", "0.2s", "12s", "3m 05s"]);
  expect([-5, 12_000, 300_000, 12_000_000, 370_800_000].map(ageText)).toEqual(["0s", "12s", "5m", "3h 20m", "4d 7h"]);
});
