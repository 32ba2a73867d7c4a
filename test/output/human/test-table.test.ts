import { expect, test } from "vitest";
import { renderTests } from "../../../src/output/human/test.ts";
import type { TestedMonitor } from "../../../src/model/tested-monitor.ts";
import { onTerminal } from "../text-options.ts";

const untried: TestedMonitor = { key: "monitor/api", name: "API", tests: [], findings: [] };
const passed: TestedMonitor = {
  ...untried,
  tests: [{ name: "empty", server: "2.5.3", expect: "down", status: "down", message: "" }],
};

/** What stands below the table. */
function summaryOf(...monitors: readonly TestedMonitor[]): string {
  return renderTests(monitors, onTerminal).split("\n\n").at(-1) ?? "";
}

test("without tests it says how to add one, and counts nothing", () => {
  expect(summaryOf(untried)).toBe(
    "1 monitor: 1 without sample or tests.\nGive a monitor a healthy response as `sample:` to see which outages it would miss.\n",
  );
  expect(summaryOf(untried, passed)).toContain("2 monitors: 1 without sample or tests and 1 passed.\nGive a monitor");
  expect(summaryOf(passed)).toBe("1 monitor: 1 passed.\n");
});
