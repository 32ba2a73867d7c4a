import { describe, expect, it } from "vitest";
import type { ApplyEvent, ApplyReport, StepOutcome } from "../../../src/model/progress.ts";
import { renderEvent, renderStatusLine } from "../../../src/output/human/progress.ts";
import { renderReport } from "../../../src/output/human/report.ts";
import { created, deleted, planOf, updated } from "../sample-plan.ts";
import { inPipe, onTerminal } from "../text-options.ts";

const error = { message: "the server said no", hint: "try again", isMaybeApplied: true, isConnectionLost: false };

const outcomes: readonly StepOutcome[] = [
  { key: "tag/team", action: "create", result: "done", id: 1, ms: 20 },
  { key: "monitor/api", action: "update", result: "done", id: 2, ms: 210 },
  { key: "monitor/edge", action: "create", result: "failed", error },
  { key: "monitor/child", action: "create", result: "skipped", because: "monitor/edge" },
  { key: "monitor/old", action: "delete", result: "skipped", because: "interrupted" },
  { key: "monitor/older", action: "delete", result: "skipped", because: "disconnected" },
];

const plan = planOf([created("tag/team", []), updated("monitor/api", [])]);
const options = { ...onTerminal, plan, ms: 1234 };

const done: ApplyReport = {
  outcomes: outcomes.slice(0, 2),
  verification: { state: "converged" },
  interrupted: false,
  ok: true,
};

describe("progress", () => {
  it("is one line for each step that ended", () => {
    const text = outcomes
      .map((outcome, index): ApplyEvent => ({ type: "finished", outcome, index: index + 1, total: 12 }))
      .map((event) => renderEvent(event, onTerminal.style))
      .join("");
    expect(text).toMatchInlineSnapshot(`
      "✓  1/12 create tag/team 20ms
      ✓  2/12 update monitor/api 0.2s
      ✗  3/12 create monitor/edge
          the server said no
          help: try again
          kuma-sync does not know whether the server carried this out; the next run finds out
      skipped  4/12 create monitor/child: needs monitor/edge
      skipped  5/12 delete monitor/old: interrupted
      skipped  6/12 delete monitor/older: the connection was lost
      "
    `);
  });

  it("needs no more than ASCII in a pipe", () => {
    const [outcome] = outcomes;
    if (outcome === undefined) throw new Error("no outcome");
    expect(renderEvent({ type: "finished", outcome, index: 1, total: 1 }, inPipe.style)).toBe(
      "ok 1/1 create tag/team 20ms\n",
    );
  });

  it("says what is going on between the lines", () => {
    expect(renderStatusLine({ type: "started", key: "monitor/api", action: "update", index: 2, total: 9 })).toBe(
      "2/9 update monitor/api",
    );
    expect(renderStatusLine({ type: "verifying" })).toBe("reading the server again to verify");
  });
});

describe("report", () => {
  it("is one line when all went well", () => {
    expect(renderReport(done, options)).toBe(
      "Applied: 1 created and 1 updated in 1.2s. The server now matches the configuration.\n",
    );
  });

  it("claims only what was checked", () => {
    expect(renderReport(done, { ...options, plan: { ...plan, isPartial: true } })).toContain(
      "The selected objects now",
    );
    const gone = planOf([deleted("monitor/api")]);
    expect(renderReport(done, { ...options, plan: gone })).toContain(`Nothing of project ${gone.project} is left.`);
  });

  it("repeats what failed and what was skipped, and why", () => {
    const report: ApplyReport = {
      outcomes,
      verification: {
        state: "remaining",
        blockers: [],
        steps: [{ key: "monitor/edge", action: "create", paths: ["/name"] }],
      },
      interrupted: false,
      ok: false,
    };
    expect(renderReport(report, options)).toMatchInlineSnapshot(`
      "failed: create monitor/edge
          the server said no
          help: try again
          kuma-sync does not know whether the server carried this out; the next run finds out

      skipped: create monitor/child: needs monitor/edge
      skipped: delete monitor/old: interrupted
      skipped: delete monitor/older: the connection was lost

      Not complete: 1 created, 1 updated, 1 failed and 3 skipped in 1.2s.
      "
    `);
  });

  it("names the fields that did not hold", () => {
    const steps = [{ key: "monitor/api", action: "update", paths: ["/interval", "/headers/X-Team"] }] as const;
    expect(renderReport({ ...done, ok: false, verification: { state: "remaining", blockers: [], steps } }, options))
      .toMatchInlineSnapshot(`
      "not converged: 1 object still differs after the last write
          update monitor/api: interval, headers.X-Team

      Not complete: 1 created and 1 updated in 1.2s.
      "
    `);
  });

  it("says so when it could not be verified", () => {
    const report: ApplyReport = {
      ...done,
      ok: false,
      verification: { state: "unknown", reason: "the connection was lost" },
    };
    expect(renderReport(report, options)).toContain(
      "not verified: the connection was lost; run plan to see where things stand\n",
    );
  });

  it("says that it was interrupted", () => {
    expect(renderReport({ ...done, ok: false, interrupted: true }, options)).toContain("Interrupted: 1 created");
  });
});
