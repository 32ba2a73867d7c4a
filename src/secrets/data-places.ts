/**
 * Where the data of a run holds our own words, and where values of the user's or of a server's: what a redactor leaves alone, and
 * what it takes for text. Places that are not listed are texts.
 */
import type { FirstHeartbeatBody } from "../model/document-bodies.ts";
import type { DrilledMonitor } from "../model/drilled-monitor.ts";
import type { ErrorFacts } from "../model/errors.ts";
import type { Finding } from "../model/finding.ts";
import type { MonitorStatus } from "../model/monitor-status.ts";
import type { Blocker, Plan } from "../model/plan.ts";
import type { ApplyEvent, ApplyReport, StepOutcome, Verification } from "../model/progress.ts";
import type { FixedFiles } from "../model/fixed-files.ts";
import type { ReportData } from "../model/report-data.ts";
import type { ProbedMonitor, TestedMonitor } from "../model/tested-monitor.ts";
import type { Silence } from "../model/silence.ts";
import type { Places } from "./places.ts";

const span = "own";

export const findingPlaces = {
  code: "own",
  severity: "own",
  at: span,
  pointer: "own",
  entity: "own",
  related: { at: span },
  fix: { edits: { at: span } },
  suppressed: { by: "own", at: span },
} as const satisfies Places<Finding>;

export const blockerPlaces = { code: "own", keys: "own" } as const satisfies Places<Blocker>;

export const planPlaces = {
  type: "own",
  formatVersion: "own",
  server: { version: "own" },
  steps: {
    action: "own",
    key: "own",
    kind: "own",
    name: "value",
    from: "own",
    dependsOn: "own",
    at: span,
    changes: {
      path: "own",
      cause: "own",
      before: "value",
      after: "value",
      selected: { group: "value", added: { key: "own" }, removed: "value" },
    },
    parks: { key: "own" },
    sideEffects: { type: "own", kind: "own", name: "value" },
  },
  blockers: blockerPlaces,
  impact: { coverage: { key: "own", loss: "own" } },
  cost: { monitors: { key: "own" } },
} as const satisfies Places<Plan>;

export const stepOutcomePlaces = {
  key: "own",
  action: "own",
  result: "own",
  because: "own",
} as const satisfies Places<StepOutcome>;

export const verificationPlaces = {
  state: "own",
  steps: { key: "own", action: "own", paths: "own" },
  blockers: blockerPlaces,
} as const satisfies Places<Verification>;

export const applyReportPlaces = {
  outcomes: stepOutcomePlaces,
  ledger: { state: "own" },
  verification: verificationPlaces,
} as const satisfies Places<ApplyReport>;

export const applyEventPlaces = {
  type: "own",
  key: "own",
  action: "own",
  outcome: stepOutcomePlaces,
} as const satisfies Places<ApplyEvent>;

export const statusPlaces = {
  key: "own",
  name: "value",
  state: "own",
  since: "own",
} as const satisfies Places<MonitorStatus>;

export const silencePlaces = {
  id: "own",
  until: "own",
  state: "own",
  monitors: "own",
} as const satisfies Places<Silence>;

export const firstHeartbeatPlaces = { key: "own", state: "own" } as const satisfies Places<FirstHeartbeatBody>;

export const testedPlaces = {
  key: "own",
  name: "value",
  tests: { name: "value", server: "own", expect: "own", status: "own" },
  findings: findingPlaces,
} as const satisfies Places<TestedMonitor>;

export const probedPlaces = { key: "own", name: "value", status: "own" } as const satisfies Places<ProbedMonitor>;

export const drilledPlaces = {
  key: "own",
  name: "value",
  monitorType: "own",
  told: "own",
  healthy: { status: "own", expect: "own" },
  variants: { name: "value", group: "own", expect: "own", status: "own", recovered: { status: "own" } },
} as const satisfies Places<DrilledMonitor>;

export const errorPlaces = { kind: "own", code: "own" } as const satisfies Places<ErrorFacts>;

export const fixedPlaces = { files: { file: "own" } } as const satisfies Places<FixedFiles>;

export const reportDataPlaces = {
  type: "own",
  outcome: { type: "own", signal: "own" },
  result: "own",
  findings: findingPlaces,
  fixed: fixedPlaces,
  plan: planPlaces,
  report: applyReportPlaces,
  firstHeartbeats: firstHeartbeatPlaces,
  servers: "own",
  on: "own",
  server: { version: "own" },
  monitors: { ...testedPlaces, ...drilledPlaces },
  probes: probedPlaces,
  released: { findings: findingPlaces },
  error: errorPlaces,
} as const satisfies Places<ReportData>;
