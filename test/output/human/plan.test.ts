import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { type History, type Step, hasChanges } from "../../../src/model/plan.ts";
import { renderPlan } from "../../../src/output/human/plan.ts";
import { createStyle } from "../../../src/output/style.ts";
import { richPlan as rich } from "../rich-plan.ts";
import { created, deleted, many, planOf, updated } from "../sample-plan.ts";
import { inPipe, onTerminal } from "../text-options.ts";

const options = { ...onTerminal, isFull: false, ms: 812 };

function lossOf(history?: History): string | undefined {
  const step = { ...deleted("old"), ...(history === undefined ? {} : { history }) } as Step;
  return renderPlan(planOf([step]), options)
    .split("\n")[3]
    ?.trim();
}

describe("plan", () => {
  it("is readable on a terminal", async () => {
    await expect(renderPlan(rich, options)).toMatchFileSnapshot("../golden/plan.txt");
  });

  it("hides nothing with --full", async () => {
    await expect(renderPlan(rich, { ...options, isFull: true })).toMatchFileSnapshot("../golden/plan-full.txt");
  });

  it("carries the same meaning in a pipe, in ASCII but for what the user wrote", async () => {
    await expect(renderPlan(rich, { ...inPipe, isFull: false, ms: 812 })).toMatchFileSnapshot(
      "../golden/plan-pipe.txt",
    );
  });

  it("says the same with colours as without", () => {
    const coloured = renderPlan(rich, { ...options, style: createStyle({ color: true, unicode: true }) });
    expect(coloured).toContain("\u001B[32m+\u001B[39m");
    expect(coloured.replaceAll(/\u001B\[\d+m/gu, "")).toBe(renderPlan(rich, options));
  });

  it("is one line when there is nothing to do", () => {
    const plan = planOf([], { summary: { unchanged: 102, unmanaged: 14 } });
    expect(renderPlan(plan, options)).toBe(
      "No changes. 102 managed objects match https://kuma.example (checked in 0.8s). 14 not managed.\n",
    );
    expect(renderPlan(planOf([], { summary: { unchanged: 1 } }), options)).toBe(
      "No changes. 1 managed object matches https://kuma.example (checked in 0.8s).\n",
    );
  });

  it("says no changes exactly when there are none", () => {
    for (const plan of [planOf([]), planOf(many(1)), rich, planOf([], { blockers: rich.blockers })]) {
      expect(renderPlan(plan, options).startsWith("No changes.")).toBe(!hasChanges(plan));
    }
  });

  it("folds ten equal changes into one line, and nine into none", () => {
    expect(renderPlan(planOf(many(37)), options)).toMatchInlineSnapshot(`
      "project payments · https://kuma.example (Uptime Kuma 2.5.3)

        ~ 37 monitors  interval 1m → 30s
            monitor/m0, monitor/m1, monitor/m2, monitor/m3, monitor/m4, monitor/m5 and 31 more (--full)

      Plan: 37 to update.
      "
    `);
    expect(renderPlan(planOf(many(9)), options).match(/interval +1m → 30s/gu)).toHaveLength(9);
    expect(renderPlan(planOf(many(37)), { ...options, isFull: true }).match(/interval +1m → 30s/gu)).toHaveLength(37);
  });

  it("names every monitor that would be deleted, however many", () => {
    const text = renderPlan(planOf(Array.from({ length: 30 }, (_, index) => deleted(`old${index}`))), options);
    expect(text.match(/its history is erased permanently/gu)).toHaveLength(30);
  });

  it("shows everything the user can do about each blocker", () => {
    const text = renderPlan(rich, options);
    for (const { code, waysOn } of rich.blockers) for (const way of [code, ...waysOn]) expect(text).toContain(way);
  });

  it("escapes control characters in names and values", () => {
    const hostile = "\u001B[2J\n::error::x ##[group] \u202E\u200B";
    const step: Step = {
      ...updated("x", [
        {
          path: `/${hostile.replaceAll("/", "~1")}`,
          sensitive: false,
          before: hostile,
          after: [hostile, { [hostile]: hostile }],
        },
      ]),
      name: hostile,
    };
    const text = renderPlan(
      planOf([step], {
        project: hostile,
        server: { url: hostile, version: hostile },
        blockers: [{ code: "KS4003", message: hostile, keys: [], waysOn: [hostile] }],
      }),
      options,
    );
    expect(text).not.toMatch(/[^\P{C}\n]|##\[/u);
    for (const line of text.split("\n")) expect(line.trimStart().startsWith("::")).toBe(false);
  });

  it("says that only a part was looked at, with changes and without", () => {
    const part = { isPartial: true, ledgerNote: "the ledger is gone" } as const;
    const text = renderPlan(planOf(many(1), part), options);
    expect(text).toContain("\nPARTIAL PLAN: only the selected objects were compared; the rest may differ too\n");
    expect(text).toContain("\nnote: the ledger is gone\n");
    expect(text).toContain("\nPARTIAL PLAN: 1 to update.\n");
    expect(renderPlan(planOf([], part), options)).toMatch(/^No changes\..* PARTIAL PLAN: .*\n$/u);
  });

  it("shows impact and cost only if there is any", () => {
    const text = renderPlan(planOf(many(1)), options);
    for (const word of ["Coverage", "Checks/min", "Completions"]) expect(text).not.toContain(word);
  });

  it("counts the history of a deleted monitor, if the server reports it", () => {
    expect(lossOf()).toBe("its history is erased permanently");
    expect(lossOf({ heartbeats: 1 })).toBe("would erase 1 heartbeat");
    expect(lossOf({ since: "2024-11-02T08:15:00Z" })).toBe("would erase its history since 2024-11-02");
  });

  it("takes every value that JSON can hold, on both sides", () => {
    const json = fc.option(fc.jsonValue(), { nil: undefined, freq: 10 }) as fc.Arbitrary<Json | undefined>;
    fc.assert(
      fc.property(json, json, fc.boolean(), (before, after, isFull) => {
        const change = {
          path: "/value",
          sensitive: false,
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        } as const;
        const plan = planOf([updated("x", [change]), created("y", [change])]);
        expect(renderPlan(plan, { ...options, isFull })).toContain("Plan: 1 to create, 1 to update.");
      }),
    );
  });
});
