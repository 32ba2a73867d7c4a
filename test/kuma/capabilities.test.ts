import { describe, expect, test } from "vitest";
import { capabilitiesOf } from "../../src/kuma/capabilities.ts";
import { fakeVersions } from "../fakes/fake-version.ts";
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
    ["2.5.4", [2, 5, 3], true, 20, 1, undefined, 1, false],
    ["2.6.0", [2, 5, 3], true, 20, 1, undefined, 1, false],
    ["2.6.0-nightly-20261123", [2, 5, 3], true, 20, 1, undefined, 1, false],
    ["2.10.0", [2, 5, 3], true, 20, 1, undefined, 1, false],
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

  // 3.0 has no login over the socket (docs/upstream/uptime-kuma.md#uptime-kuma-3)
  test.each(["1.22.1", "1.9.0", "0.1.0", "3.0.0", "3.0.0-beta.0", "10.0.0", "", "latest"])("refuses %j", (version) => {
    expect(() => capabilitiesOf(version)).toThrow(expect.objectContaining({ code: "incompatible" }));
  });

  test.each(fakeVersions)("agrees with the table of %s about conditions", (version) => {
    const { capabilities } = capabilitiesOf(version);
    const hasColumn = columnsOf(capabilities.release).some((column) => column.key === "conditions");
    expect(capabilities.hasConditions).toBe(hasColumn);
  });
});
