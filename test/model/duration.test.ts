import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ageText, durationPattern, durationText, secondsOf, writtenDuration } from "../../src/model/duration.ts";

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
  ["1w2d3h4m5s6ms", 788_645.006],
])("%j is %d seconds", (written, seconds) => {
  expect(secondsOf(written)).toBe(seconds);
});

test.each(["0", "0s", "0.0m", "00h", "", "5x", "-1s", "1m1h", "1.5h30m", "1h30", "5 m", "5M", "1min", true, null])(
  "%j is not a duration",
  (written) => {
    expect(secondsOf(written)).toBe(null);
  },
);

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
