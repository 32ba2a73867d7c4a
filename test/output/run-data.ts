/** What runs have to say, for every renderer. */
import type { Finding } from "../../src/model/finding.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { ApplyReport } from "../../src/model/progress.ts";
import type {
  ApplyData,
  DrillData,
  ErrorData,
  FindingsData,
  PlanData,
  ReportData,
  TestData,
} from "../../src/model/report-data.ts";
import { richPlan } from "./rich-plan.ts";
import { at } from "./sample-plan.ts";
import { openSources } from "./open-sources.ts";

const source = Array.from({ length: 100 }, (_, index) => `  line${index + 1}: value`).join("\n");
export const sources = openSources({ "monitors.yaml": source });

export const findings: readonly Finding[] = [
  {
    code: "KS1501",
    severity: "error",
    message: 'unknown JSONata function "$contians"',
    at: at(12),
    pointer: "/monitors/api/jsonPath",
    entity: "monitor/api",
    hint: "did you mean $contains?",
    why: "JSONata accepts this when it parses",
    related: { message: "declared here", at: at(3) },
  },
  {
    code: "KS1404",
    severity: "warning",
    message: "timeout of 48s leaves no time for a retry",
    at: at(20),
    fix: { title: "write 40s", edits: [{ at: at(20), text: "40s" }] },
  },
  { code: "KS1008", severity: "info", message: "no configuration file found" },
];

export function planData(plan: Plan, rest: Partial<PlanData> = {}): PlanData {
  return { type: "plan", outcome: { type: "done" }, plan, findings: [], sources, ms: 812, ...rest };
}

export function findingsData(list: readonly Finding[]): FindingsData {
  return { type: "findings", outcome: { type: "invalid" }, project: "payments", findings: list, sources };
}

const failure = { message: "the server said no", hint: "try again", isMaybeApplied: true, isConnectionLost: false };

const report: ApplyReport = {
  outcomes: [
    { key: "tag/team", action: "create", result: "done", id: 1, ms: 20 },
    { key: "monitor/api", action: "update", result: "failed", error: failure },
    { key: "monitor/refunds", action: "create", result: "skipped", because: "monitor/api" },
  ],
  verification: { state: "remaining", blockers: [], steps: [{ key: "tag/team", action: "update", paths: ["/color"] }] },
  interrupted: false,
  ok: false,
};

export const applied: ApplyData = {
  type: "apply",
  outcome: { type: "partial" },
  plan: richPlan,
  findings,
  sources,
  ms: 1234,
  result: "partial",
  report,
  firstHeartbeats: [{ key: "monitor/refunds", id: 3, state: "down", message: "503" }],
};

export const tested: TestData = {
  type: "test",
  outcome: { type: "not-up" },
  project: "payments",
  servers: ["2.5.3"],
  monitors: [
    {
      key: "monitor/api",
      name: "API",
      tests: [{ name: "dead", server: "2.5.3", expect: "down", status: "up", message: "200 - OK" }],
      findings: findings.slice(0, 1),
    },
  ],
  probes: [{ key: "monitor/api", name: "API", status: "down", message: "timeout", notes: [] }],
  notes: [],
};

export const drilled: DrillData = {
  type: "drill",
  outcome: { type: "not-up" },
  project: "payments",
  on: "server",
  server: { version: "2.5.3", url: "https://kuma.example.com" },
  ms: 41_200,
  monitors: [
    {
      key: "monitor/api",
      name: "API",
      monitorType: "json-query",
      told: "notifications",
      healthy: { status: "up", message: "200 - OK", ms: 12, expect: "up" },
      variants: [
        {
          name: "empty body",
          group: "dead",
          expect: "down",
          status: "down",
          message: "no value",
          ms: 20,
          alarm: { text: "[DRILL API: empty body] [Down] no value", ms: 31 },
          recovered: { status: "up", message: "200 - OK", ms: 9, alarm: { text: "[DRILL API] [Up] 200 - OK", ms: 8 } },
        },
        { name: "status 503", group: "outside", expect: "down", status: "up", message: "200 - OK", ms: 11 },
        { name: "pretty printed", group: "harmless", expect: "up", status: "up", message: "200 - OK", ms: 11 },
      ],
      total: 84,
      notes: ["the monitor retries before it notifies, which takes 3m more"],
    },
    {
      key: "monitor/refunds",
      name: "Refunds",
      monitorType: "redis",
      told: "nobody",
      skipped: "no listener here can play the part of what redis monitors ask",
      variants: [],
      total: 0,
      notes: [],
    },
  ],
};

export const failed: ErrorData = {
  type: "error",
  outcome: { type: "failed", error: undefined },
  error: { kind: "server", code: "unreachable", message: "nothing answers", hint: "is it running?" },
};

/** One of each type. */
export const everyRun: readonly ReportData[] = [
  planData(richPlan, { findings }),
  findingsData(findings),
  applied,
  tested,
  drilled,
  failed,
];
