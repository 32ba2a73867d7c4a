import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Plan, Step } from "../../src/model/plan.ts";
import { renderAnnotations, renderStepSummary } from "../../src/output/github.ts";
import { renderHtml } from "../../src/output/html/render-html.ts";
import { commentLimit, summaryLimit } from "../../src/output/markdown/budget.ts";
import { renderMarkdown } from "../../src/output/markdown/render-markdown.ts";
import { applied, findingsData, planData } from "./run-data.ts";
import { at, created, deleted, planOf, updated } from "./sample-plan.ts";

/** Of characters that take two and three bytes, so that who counts characters fails. */
const wide = "Überwachung 監視 ".repeat(12);

function stepOf(index: number): Step {
  const changes = [
    { path: "/interval", sensitive: false, before: index, after: index + 1 },
    { path: "/description", sensitive: false, before: wide, after: `${wide}!` },
    { path: "/body", sensitive: false, before: `${wide}\n${index}`, after: `${wide}\n${index}!\n` },
    { path: "/password", sensitive: true },
  ] as const;
  const key = `${index}-${wide}`;
  if (index % 5 === 0) return { ...deleted(key), history: { heartbeats: index } } as Step;
  return index % 2 === 0 ? created(key, changes, index + 1) : updated(key, changes, index + 1);
}

function bigPlan(count: number): Plan {
  const steps = Array.from({ length: count }, (_, index) => stepOf(index));
  const keys = steps.map(({ key }) => key);
  return planOf(steps, {
    blockers: Array.from({ length: 20 }, () => ({ code: "KS4001", message: wide, keys, waysOn: [wide, wide] })),
    impact: {
      checksPerMinute: { before: 1, after: 2 },
      coverage: keys.map((key) => ({ key, loss: "deleted" })),
    },
    cost: {
      before: { requests: 1, completions: 1, tokens: 1 },
      after: { requests: 1, completions: 2, tokens: 1 },
      monitors: keys.map((key) => ({ key, after: { requests: 1, completions: 2, tokens: 1 } })),
    },
  });
}

const manyFindings: readonly Finding[] = Array.from({ length: 2000 }, (_, index) => ({
  code: "KS1201",
  severity: (["error", "warning", "info"] as const)[index % 3] ?? "error",
  message: wide,
  at: at(index + 1),
  hint: wide,
  why: wide,
}));

const big = planData(bigPlan(5000), { findings: manyFindings });
const bigApply = {
  ...applied,
  plan: big.plan,
  findings: manyFindings,
  report: {
    outcomes: big.plan.steps.map(({ key, action }, index) =>
      index % 3 === 0
        ? ({ key, action, result: "done", id: index, ms: 1 } as const)
        : index % 3 === 1
          ? ({ key, action, result: "skipped", because: "interrupted" } as const)
          : ({
              key,
              action,
              result: "failed",
              error: { message: wide, hint: wide, isMaybeApplied: true, isConnectionLost: false },
            } as const),
    ),
    verification: {
      state: "remaining",
      blockers: [],
      steps: big.plan.steps.map(({ key, action }) => ({ key, action, paths: ["/interval"] })),
    },
    interrupted: false,
    ok: false,
  },
} as const;
const runs = [big, bigApply, findingsData(manyFindings)];

describe("5,000 changes", () => {
  it("fit a comment, in bytes, and say how many were left out", () => {
    for (const data of runs) {
      const text = renderMarkdown(data);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(commentLimit);
      expect(text).toMatch(/and \d+ more/u);
      expect(text.split("<details>")).toHaveLength(text.split("</details>").length);
      expect((text.match(/^`{3,}/gmu) ?? []).length % 2).toBe(0);
    }
  });

  it("fit the summary of a step", () => {
    for (const data of runs) {
      const bytes = Buffer.byteLength(renderStepSummary(data));
      expect(bytes).toBeLessThanOrEqual(summaryLimit);
      expect(bytes).toBeGreaterThan(commentLimit);
    }
  });

  it("fit a page of 2 MB, with every key on it as long as there is room", () => {
    for (const data of runs) expect(Buffer.byteLength(renderHtml(data))).toBeLessThan(2_000_000);
    const plain = Array.from({ length: 5000 }, (_, index) =>
      updated(`m${index}`, [{ path: "/interval", sensitive: false, before: index, after: 30 }], index + 1),
    );
    const page = renderHtml(planData(planOf(plain)));
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(page.match(/<details data-action/gu)).toHaveLength(5000);
    expect(page.match(/<td class="add">/gu)).toHaveLength(5000);
  });

  it("make at most ten annotations of each level, of which one counts the rest", () => {
    for (const data of runs) {
      const lines = renderAnnotations(data).split("\n");
      for (const level of ["error", "warning", "notice"]) {
        const ofLevel = lines.filter((line) => line.startsWith(`::${level} `));
        expect(ofLevel).toHaveLength(10);
        expect(ofLevel.at(-1)).toMatch(/\d+ more/u);
      }
    }
  });

  it("keep every limit that a document is given, and the deletes before all else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6000, max: 200_000 }), fc.integer({ min: 1, max: 300 }), (limit, count) => {
        const data = planData(bigPlan(count));
        const text = renderMarkdown(data, limit);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
        expect(text.indexOf("#### Deletes")).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });
});
