/** What a drill comes down to. */
import { describe, expect, it } from "vitest";
import {
  drillProblems,
  drillState,
  type DrilledMonitor,
  type DrilledVariant,
} from "../../src/model/drilled-monitor.ts";

const alarm = { text: "[DRILL it] [Down] no", ms: 20 };
const recovered = { status: "up", message: "200 - OK", ms: 5 } as const;

function down(more: Partial<DrilledVariant> = {}): DrilledVariant {
  const beat = { status: "down", message: "no", ms: 5 } as const;
  return { name: "empty body", group: "dead", expect: "down", ...beat, alarm, recovered, ...more };
}

function monitor(variants: readonly DrilledVariant[], more: Partial<DrilledMonitor> = {}): DrilledMonitor {
  return {
    key: "monitor/it",
    name: "It",
    monitorType: "http",
    told: "notifications",
    healthy: { status: "up", message: "200 - OK", ms: 3, expect: "up" },
    variants,
    total: variants.length,
    notes: [],
    ...more,
  };
}

const { alarm: _alarm, ...silent } = down();
const { recovered: _recovered, ...lasting } = down();

describe("a monitor", () => {
  it("passes when it goes down, somebody is notified, and it comes up again", () => {
    const up = down({ name: "harmless", group: "harmless", expect: "up", status: "up" });
    expect(drillProblems(monitor([down(), up]))).toEqual([]);
    expect(drillState(monitor([down(), up]))).toBe("pass");
  });

  it.each<[string, DrilledMonitor, readonly string[], string]>([
    ["stays up for what test detects", monitor([down({ status: "up" })]), ["stayed-up"], "fail"],
    ["goes down for what test does not", monitor([down({ expect: "up" })]), ["went-down"], "disagree"],
    ["goes down and nothing arrives", monitor([silent]), ["silent"], "fail"],
    ["does not come up again", monitor([lasting]), ["not-recovered"], "fail"],
    ["makes no check", monitor([down({ status: "none" })]), ["no-check"], "fail"],
    ["names no notification", monitor([silent], { told: "nobody" }), ["nobody"], "fail"],
    ["is silent on purpose", monitor([silent], { told: "on-purpose" }), [], "pass"],
    ["is told by its group", monitor([silent], { told: "group" }), ["silent"], "fail"],
    [
      "is down from the start, as test says",
      monitor([], { healthy: { status: "down", message: "no", ms: 1, expect: "down" } }),
      ["cannot-pass"],
      "fail",
    ],
    [
      "is down from the start, and test says up",
      monitor([], { healthy: { status: "down", message: "no", ms: 1, expect: "up" } }),
      ["never-up"],
      "fail",
    ],
    ["was skipped", monitor([], { skipped: "paused" }), [], "skipped"],
  ])("that %s", (_, drilled, problems, state) => {
    expect(drillProblems(drilled).map(({ type }) => type)).toEqual(problems);
    expect(drillState(drilled)).toBe(state);
  });

  it("whose alarm could not be received is proven by the one of its recovery", () => {
    const unseen = { ...silent, isAlarmUnseen: true } as const;
    expect(drillState(monitor([unseen]))).toBe("fail");
    expect(drillState(monitor([{ ...unseen, recovered: { ...recovered, alarm } }]))).toBe("pass");
  });
});
