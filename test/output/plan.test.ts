import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { Plan, Step } from "../../src/model/plan.ts";
import { renderPlan } from "../../src/output/human/plan.ts";
import { hasChanges } from "../../src/output/human/plan-summary.ts";
import { createStyle } from "../../src/output/style.ts";
import { at, created, deleted, planOf, updated } from "./sample-plan.ts";
import { inPipe, onTerminal } from "./text-options.ts";

const options = { ...onTerminal, isFull: false, ms: 812 };

const body = (model: string): string =>
  JSON.stringify({ model, messages: [{ role: "user", content: "Say ok" }], max_tokens: 3, stream: false }, null, 2);

/** One of everything. */
const rich: Plan = planOf(
  [
    {
      key: "tag/team",
      kind: "tag",
      name: "team",
      dependsOn: [],
      action: "create",
      changes: [{ path: "/color", sensitive: false, after: "#2563EB" }],
      at: at(60),
    },
    {
      ...updated(
        "api",
        [
          { path: "/interval", sensitive: false, before: 60, after: 30 },
          { path: "/basicAuthPass", sensitive: true },
          { path: "/expectedValue", sensitive: false, before: "true", after: 'he said "yes"' },
          { path: "/parent", sensitive: false, before: null, after: "monitor/edge" },
          {
            path: "/notifications",
            sensitive: false,
            before: [],
            after: ["notification/oncall", { name: "Made by hand" }],
          },
          { path: "/headers/X-Team", sensitive: false, before: "a" },
          { path: "/headers/Accept: any", sensitive: false, after: "b" },
          {
            path: "/url",
            sensitive: false,
            before: `https://api.example/${"very/".repeat(20)}v1`,
            after: `https://api.example/${"very/".repeat(20)}v2`,
          },
          { path: "/body", sensitive: false, before: body("gpt-4o"), after: body("gpt-4o-mini") },
        ],
        12,
      ),
      name: "Checkout API",
    },
    {
      ...created(
        "refunds",
        [
          { path: "/name", sensitive: false, after: "Refunds 日本 🦄" },
          { path: "/type", sensitive: false, after: "http" },
          { path: "/tags", sensitive: false, after: [{ tag: "tag/team", value: "core" }] },
          { path: "/headers", sensitive: true },
          {
            path: "/body",
            sensitive: false,
            after: Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join("\n"),
          },
          { path: "/acceptedStatusCodes", sensitive: false, after: ["200-299", "301"] },
          { path: "/interval", sensitive: false, after: 60, isDefault: true },
          { path: "/maxRetries", sensitive: false, after: 0, isDefault: true },
        ],
        41,
      ),
      name: "Refunds 日本 🦄",
    },
    {
      key: "notification/slack",
      kind: "notification",
      name: "Slack",
      dependsOn: [],
      action: "adopt",
      id: 4,
      changes: [],
      at: at(70),
    },
    {
      key: "monitor/cart",
      kind: "monitor",
      dependsOn: [],
      action: "adopt",
      id: 5,
      changes: [{ path: "/interval", sensitive: false, before: 60, after: 20 }],
      at: at(80),
    },
    { ...deleted("old-api"), name: "Old API" },
    { key: "notification/pager", kind: "notification", name: "Pager", dependsOn: [], action: "delete", id: 8 },
  ],
  {
    blockers: [
      {
        code: "KS4001",
        message: "2 objects would be deleted; the history of a deleted monitor is lost for ever",
        keys: ["monitor/old-api", "notification/pager"],
        waysOn: ["--allow-deletes 2 deletes them", "put them back into the configuration to keep them"],
      },
    ],
    summary: { unchanged: 96, unmanaged: 14, foreign: 3 },
  },
);

const many = (count: number): Step[] =>
  Array.from({ length: count }, (_, index) =>
    updated(`m${index}`, [{ path: "/interval", sensitive: false, before: 60, after: 30 }], index + 1),
  );

describe("plan", () => {
  it("is worth reading on a terminal", async () => {
    await expect(renderPlan(rich, options)).toMatchFileSnapshot("golden/plan.txt");
  });

  it("hides nothing with --full", async () => {
    await expect(renderPlan(rich, { ...options, isFull: true })).toMatchFileSnapshot("golden/plan-full.txt");
  });

  it("carries the same meaning in a pipe, in ASCII but for what the user wrote", async () => {
    await expect(renderPlan(rich, { ...inPipe, isFull: false, ms: 812 })).toMatchFileSnapshot("golden/plan-pipe.txt");
  });

  it("says the same with colours as without", () => {
    const coloured = renderPlan(rich, { ...options, style: createStyle({ color: true, unicode: true }) });
    expect(coloured).toContain("\u001B[32m+\u001B[39m");
    expect(coloured.replaceAll(/\u001B\[\d+m/gu, "")).toBe(renderPlan(rich, options));
  });

  it("is one line when there is nothing to do", () => {
    const plan = planOf([], { summary: { unchanged: 102, unmanaged: 14 } });
    expect(renderPlan(plan, options)).toBe(
      "No changes. 102 managed objects match https://kuma.example (checked in 0.8 s). 14 not managed.\n",
    );
    expect(renderPlan(planOf([], { summary: { unchanged: 1 } }), options)).toBe(
      "No changes. 1 managed object matches https://kuma.example (checked in 0.8 s).\n",
    );
  });

  it("trap 11: says no changes exactly when there are none", () => {
    for (const plan of [planOf([]), planOf(many(1)), rich, planOf([], { blockers: rich.blockers })]) {
      expect(renderPlan(plan, options).startsWith("No changes.")).toBe(!hasChanges(plan));
    }
  });

  it("folds ten equal changes into one line, and nine into none", () => {
    expect(renderPlan(planOf(many(37)), options)).toMatchInlineSnapshot(`
      "project payments · https://kuma.example (Uptime Kuma 2.5.3)

        ~ 37 monitors  interval 60 → 30
            monitor/m0, monitor/m1, monitor/m2, monitor/m3, monitor/m4, monitor/m5 and 31 more (--full)

      Plan: 37 to update.
      "
    `);
    expect(renderPlan(planOf(many(9)), options).match(/interval +60 → 30/gu)).toHaveLength(9);
    expect(renderPlan(planOf(many(37)), { ...options, isFull: true }).match(/interval +60 → 30/gu)).toHaveLength(37);
  });

  it("names every monitor that would be deleted, however many", () => {
    const text = renderPlan(planOf(Array.from({ length: 30 }, (_, index) => deleted(`old${index}`))), options);
    expect(text.match(/its history is lost for ever/gu)).toHaveLength(30);
  });

  it("trap 17: shows every way on of every blocker", () => {
    const text = renderPlan(rich, options);
    for (const { code, waysOn } of rich.blockers) for (const way of [code, ...waysOn]) expect(text).toContain(way);
  });

  it("trap 22: obeys nothing that a name or a value says", () => {
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
