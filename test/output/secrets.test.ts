import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { Plan } from "../../src/model/plan.ts";
import { renderFindings } from "../../src/output/human/findings.ts";
import { renderPlan } from "../../src/output/human/plan.ts";
import { renderReport } from "../../src/output/human/report.ts";
import { renderProbes, renderTests } from "../../src/output/human/test.ts";
import { inert } from "../../src/output/inert.ts";
import { reportDataPlaces } from "../../src/secrets/data-places.ts";
import { createRedactor } from "../../src/secrets/redactor.ts";
import { renderData } from "../../src/output/render-data.ts";
import type { ReportData } from "../../src/model/report-data.ts";
import { createStyle } from "../../src/output/style.ts";
import { applied, findings, findingsData, planData, tested } from "./run-data.ts";
import { planOf, updated } from "./sample-plan.ts";
import { onTerminal } from "./text-options.ts";
import { openSources } from "./open-sources.ts";

/** Numbers, words, and texts that every format would have to escape; none of them a word of a format. */
const secret = fc.oneof(
  fc.integer({ min: 900_000_000, max: 999_999_999 }).map(String),
  fc.stringMatching(/^zq[a-z0-9]{4,12}$/u),
  fc.stringMatching(/^zq[\w<>&"'`|@#%=+/\\ \n-]{6,20}zq$/u),
);

/** Only found as words of their own. */
const shortSecret = fc.oneof(
  fc.integer({ min: 7_000, max: 7_999 }).map(String),
  fc.stringMatching(/^zq[a-z0-9]{2,3}$/u),
);

function planWith(hidden: string, around: string): Plan {
  const values: readonly Json[] = [
    hidden,
    around,
    { [hidden]: [around] },
    Number.isNaN(Number(hidden)) ? 0 : Number(hidden),
  ];
  const changes = values.map(
    (value, index) => ({ path: `/f${index}`, sensitive: false, before: value, after: [value] }) as const,
  );
  return planOf([{ ...updated("api", changes), name: around }], {
    blockers: [{ code: "KS4003", message: around, keys: [], waysOn: [around] }],
    impact: {
      checksPerMinute: { before: 0, after: 0 },
      coverage: [{ key: "monitor/api", loss: "notification", detail: around }],
    },
    ledgerNote: around,
  });
}

/** The secret wherever a text of a server or a user may stand. */
function runsWith(hidden: string, around: string): readonly ReportData[] {
  const said = findings.map((finding) => ({ ...finding, message: around, hint: around, why: around }));
  const sources = openSources({ "monitors.yaml": `${`${around.replaceAll("\n", " ")}\n`.repeat(30)}${hidden}` });
  const error = { message: around, hint: around, isMaybeApplied: false, isConnectionLost: false };
  return [
    planData(planWith(hidden, around), { findings: said, sources }),
    { ...findingsData(said), sources },
    {
      ...applied,
      plan: planWith(hidden, around),
      refusal: around,
      report: {
        outcomes: [{ key: "monitor/api", action: "update", result: "failed", error }],
        verification: { state: "unknown", reason: around },
        interrupted: false,
        ok: false,
      },
      firstHeartbeats: [{ key: "monitor/api", id: 1, state: "down", message: around }],
    },
    {
      ...tested,
      monitors: [{ key: "monitor/api", name: around, tests: [], findings: said }],
      probes: [{ key: "monitor/api", name: around, status: "down", message: around, body: around, notes: [around] }],
    },
    { type: "error", outcome: { type: "failed", error: undefined }, error: { kind: "bug", message: around } },
  ];
}

const formats = ["json", "markdown", "github", "html", "sarif", "junit"] as const;

function rendered(hidden: string, around: string): string[] {
  const redactor = createRedactor(inert);
  redactor.add([hidden]);
  return runsWith(hidden, around).flatMap((data) => {
    const clean = redactor.data(data, reportDataPlaces);
    return [...formats.map((format) => renderData(clean, format, "1.0.0")), ...humanTexts(clean)];
  });
}

function isWord(hidden: string): RegExp {
  return new RegExp(String.raw`(?<![\w.#:,-])${hidden}(?![\w.,-])`, "u");
}

/** As people see it: plain, in colour, and on a terminal so narrow that values are cut. */
function humanTexts(data: ReportData): string[] {
  return [
    { ...onTerminal, isFull: true },
    { ...onTerminal, width: 40, isFull: false },
    { style: createStyle({ color: true, unicode: true }), width: 60, isFull: false },
  ].flatMap((options) => [
    ...("plan" in data ? [renderPlan(data.plan, { ...options, ms: 1 })] : []),
    ...("report" in data && data.report !== undefined
      ? [renderReport(data.report, { ...options, plan: data.plan, ms: 1 })]
      : []),
    ...("findings" in data ? [renderFindings(data.findings, { ...options, sources: data.sources })] : []),
    ...(data.type === "test" ? [renderTests(data.monitors, options), renderProbes(data.probes ?? [], options)] : []),
  ]);
}

describe("secrets in reports", () => {
  it("numbers, parts of words and texts that have to be escaped leak in no format", () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom("", "x", "key=", "9"),
        fc.constantFrom("", "y", "!"),
        (hidden, before, after) => {
          const text = before + hidden + after;
          for (const report of rendered(hidden, text)) {
            expect(report).not.toContain(hidden);
            // Nor what is left of it when a format has escaped it.
            for (const part of hidden.match(/[a-z0-9]{8,}/giu) ?? []) expect(report).not.toContain(part);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("short ones leak in no place where they are a word", () => {
    fc.assert(
      fc.property(shortSecret, fc.constantFrom("", "pin ", '"'), (hidden, before) => {
        for (const report of rendered(hidden, `${before}${hidden}!`)) expect(report).not.toMatch(isWord(hidden));
      }),
      { numRuns: 60 },
    );
  });

  it("every document is whole although secrets are words of its format", () => {
    const redactor = createRedactor(inert);
    redactor.add(["details", "summary", "script", "results", "testsuite", "class", "monitor", "sensitive", "update"]);
    for (const data of runsWith("details", "summary")) {
      const clean = redactor.data(data, reportDataPlaces);
      expect(JSON.parse(renderData(clean, "json", "1.0.0"))).toHaveProperty("formatVersion", "1.0");
      expect(JSON.parse(renderData(clean, "sarif", "1.0.0"))).toHaveProperty(["runs", "0", "results"]);
      expect(renderData(clean, "html", "1.0.0")).toContain("</html>");
      expect(renderData(clean, "junit", "1.0.0")).toContain("</testsuites>");
    }
  });
});
