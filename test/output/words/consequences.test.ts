import { describe, expect, it } from "vitest";
import type { CoverageLoss, Impact } from "../../../src/model/plan.ts";
import { impactNotes } from "../../../src/output/words/consequences.ts";

function impactOf(coverage: readonly CoverageLoss[]): Impact {
  return { checksPerMinute: { before: 1, after: 1 }, coverage };
}

function slower(count: number): readonly CoverageLoss[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `monitor/m${index}` as const,
    loss: "interval",
    detail: "60 → 300",
  }));
}

describe("what a plan means", () => {
  it("tells three and more equal losses together, with units", () => {
    expect(impactNotes(impactOf(slower(20)), "->", 8)).toEqual([
      "Coverage: monitor/m0, monitor/m1, monitor/m2 and 17 more are checked less often: 1m -> 5m.",
    ]);
    expect(impactNotes(impactOf(slower(3)), "→", 8)).toEqual([
      "Coverage: monitor/m0, monitor/m1 and monitor/m2 are checked less often: 1m → 5m.",
    ]);
  });

  it("tells two one by one, and counts what is left", () => {
    const losses = [...slower(2), { key: "monitor/a", loss: "notification", detail: "pager" } as const];
    expect(impactNotes(impactOf(losses), "→", 8)).toEqual([
      'Coverage: monitor/m0 is checked less often: 1m → 5m; monitor/m1 is checked less often: 1m → 5m; monitor/a loses notification "pager".',
    ]);
    expect(impactNotes(impactOf(losses), "→", 1)).toEqual([
      "Coverage: monitor/m0 is checked less often: 1m → 5m; and 2 more.",
    ]);
  });

  it("names no notification whose name is not known", () => {
    expect(impactNotes(impactOf([{ key: "monitor/a", loss: "notification" }]), "→", 8)).toEqual([
      "Coverage: monitor/a loses notifications.",
    ]);
  });
});
