import { describe, expect, test } from "vitest";
import { capabilitiesOf } from "../../src/kuma/capabilities.ts";
import { fakeVersions } from "../fakes/fake-version.ts";
import { newestTested, type Release } from "../../src/model/release.ts";
import { columnsOf } from "../fakes/monitor-columns.ts";

describe("capabilitiesOf", () => {
  test.each([
    // version, release, conditions, window, interval from, to, retryInterval from, tested
    ["1.23.0", [1, 23, 0], false, 1, 20, 2_073_600, 0, true],
    ["1.23.17", [1, 23, 17], false, 1, 20, 2_073_600, 0, true],
    // major 2 by number, 1.23 by schema (docs/upstream/uptime-kuma.md#the-npm-package)
    ["2.0.0-dev.0", [1, 23, 17], false, 1, 20, 2_073_600, 0, true],
    ["2.0.0-beta.2", [2, 0, 0], true, 20, 20, 2_073_600, 0, true],
    ["2.0.2", [2, 0, 2], true, 20, 20, 2_073_600, 0, true],
    ["2.1.0", [2, 1, 0], true, 20, 1, 2_073_600, 1, true],
    ["2.4.0", [2, 4, 0], true, 20, 1, 2_073_600, 1, true],
    ["2.5.0", [2, 5, 0], true, 20, 1, undefined, 1, true],
    ["2.5.3", [2, 5, 3], true, 20, 1, undefined, 1, true],
    ["2.5.4", [2, 5, 4], true, 20, 1, undefined, 1, true],
    ["2.6.0", newestTested, true, 20, 1, undefined, 1, false],
    ["2.6.0-nightly-20261123", newestTested, true, 20, 1, undefined, 1, false],
    ["2.10.0", newestTested, true, 20, 1, undefined, 1, false],
  ] as const)("%s", (version, release, is2, writeWindow, minInterval, maxInterval, minRetryInterval, isTested) => {
    expect(capabilitiesOf(version)).toEqual({
      capabilities: {
        release,
        hasConditions: is2,
        hasDeltas: is2,
        writeWindow,
        minInterval,
        maxInterval,
        minRetryInterval,
      },
      isTested,
    });
  });

  // docs/upstream/uptime-kuma.md#fields-of-3x
  test.each<[readonly string[] | undefined, Release]>([
    [
      ["dns", "redis"],
      [2, 4, 0],
    ],
    [
      ["dns", "ntp"],
      [2, 5, 3],
    ],
    [["dns", "ntp", "sftp"], newestTested],
    [undefined, newestTested],
  ])("3.x with the types %j has the fields of %j, and counts as untested", (types, release) => {
    const found = capabilitiesOf("3.0.0-beta.0", types && new Set(types));
    expect(found).toMatchObject({ capabilities: { release }, isTested: false });
  });

  test.each(["1.22.1", "1.9.0", "0.1.0", "4.0.0", "4.0.0-beta.0", "10.0.0", "", "latest"])("refuses %j", (version) => {
    expect(() => capabilitiesOf(version)).toThrow(expect.objectContaining({ code: "incompatible" }));
  });

  test.each(fakeVersions)("agrees with the table of %s about conditions", (version) => {
    const { capabilities } = capabilitiesOf(version);
    const hasColumn = columnsOf(capabilities.release).some((column) => column.key === "conditions");
    expect(capabilities.hasConditions).toBe(hasColumn);
  });
});
