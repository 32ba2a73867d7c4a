import { expect, it } from "vitest";
import { capabilitiesOf } from "../../src/kuma/capabilities.ts";
import {
  compareVersions,
  isAtLeast,
  isBetween,
  kumaRelease,
  newestTested,
  newestTestedVersion,
  releaseText,
  type Release,
} from "../../src/model/release.ts";
import { serverRules } from "../../src/query/server-rules.ts";

it.each([
  ["2.5.3", [2, 5, 3]],
  ["v0.11.0-dev", [0, 11, 0]],
  ["2.0.0-beta.1", [2, 0, 0]],
  ["0.11", [0, 11, 0]],
  ["latest", undefined],
  ["", undefined],
])("kumaRelease of %j", (text, release) => {
  expect(kumaRelease(text)).toEqual(release);
});

it("kumaRelease counts the npm package as 1.23, and betas as what they lead to", () => {
  expect(["2.0.0-dev.0", "2.0.0-beta.4", "1.23.12"].map(kumaRelease)).toEqual([
    [1, 23, 17],
    [2, 0, 0],
    [1, 23, 12],
  ]);
});

it("isAtLeast compares to the patch", () => {
  const sorted: readonly Release[] = [
    [1, 9, 9],
    [1, 23, 2],
    [1, 23, 12],
    [2, 5, 3],
    [2, 5, 4],
  ];
  for (const [index, release] of sorted.entries())
    expect(sorted.map((since) => isAtLeast(release, since))).toEqual(sorted.map((_, other) => other <= index));
  expect(isAtLeast([1, 23, 0], undefined)).toBe(true);
});

it("compareVersions orders versions by their numbers, a pre-release before its release", () => {
  const sorted = ["1.9.0", "1.23.2", "1.23.12", "2.0.0-beta.0", "2.0.0-beta.10", "2.0.0", "2.0.1"];
  expect(sorted.toReversed().toSorted(compareVersions)).toEqual(sorted);
});

it.each([
  ["0.9.4", false],
  ["0.9.5", true],
  ["v0.9.5", true],
  ["0.9.5-dev", true],
  ["0.9.6", false],
  ["0.10.0", false],
  ["latest", undefined],
  [undefined, undefined],
])("isBetween 0.9.5 and 0.9.6, of %s: %s", (version, expected) => {
  expect(isBetween(version, "0.9.5", "0.9.6")).toBe(expected);
});

it("the newest tested release has no notes, and the next patch does", () => {
  expect(newestTestedVersion).toBe(releaseText(newestTested));
  const [major, minor, patch] = newestTested;
  const next = releaseText([major, minor, patch + 1]);
  expect([newestTestedVersion, next].map((version) => capabilitiesOf(version).isTested)).toEqual([true, false]);
  expect([newestTestedVersion, next].map((version) => serverRules(version).notes.length)).toEqual([0, 1]);
});
