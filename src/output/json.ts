/**
 * The documents of `--format json`: one on stdout for every run, also when it fails. Names of members and meanings of
 * values stay the same within a major `formatVersion`; a minor one only adds.
 */
import type { EntityKey } from "../model/entity.ts";
import type { Finding } from "../model/finding.ts";
import { isOk, type Outcome } from "../model/exit-code.ts";
import type { Blocker, Plan, PlanSummary } from "../model/plan.ts";
import type { StepOutcome, Verification } from "../model/progress.ts";
import { describeError, type ErrorFacts } from "./human/error.ts";
import type { MonitorStatus } from "./human/status.ts";
import { inertJson } from "./inert.ts";

const formatVersion = "1.0";

/** Each has a schema in `schemas/`, which `schema NAME` prints. */
export const documentNames = [
  "bootstrap",
  "code",
  "codes",
  "diagnosis",
  "error",
  "findings",
  "import",
  "init",
  "notification-test",
  "plan",
  "query",
  "report",
  "sandbox",
  "snapshot",
  "status",
  "targets",
  "test",
  "version",
] as const;
type DocumentName = (typeof documentNames)[number];

interface Envelope<Name extends DocumentName = DocumentName> {
  readonly type: `kuma-sync.${Name}`;
  readonly formatVersion: string;
  readonly ok: boolean;
}

export type Document<Name extends DocumentName, Body> = Envelope<Name> & Omit<Body, keyof Envelope>;

/** `ok` comes from the outcome that also decides the exit code, so the two cannot disagree. */
export function createDocument<Name extends DocumentName, Body extends object>(
  name: Name,
  outcome: Outcome,
  body: Body,
): Document<Name, Body> {
  const { type: _type, formatVersion: _formatVersion, ok: _ok, ...rest } = body as Body & Partial<Envelope>;
  return { type: `kuma-sync.${name}`, formatVersion, ok: isOk(outcome), ...rest };
}

export function serialise(document: object): string {
  return `${inertJson(JSON.stringify(document, null, 2))}\n`;
}

export interface FindingsBody {
  readonly findings: readonly Finding[];
  readonly summary: { readonly errors: number; readonly warnings: number; readonly notes: number };
}

export function findingsBody(findings: readonly Finding[]): FindingsBody {
  const count = (severity: Finding["severity"]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return { findings, summary: { errors: count("error"), warnings: count("warning"), notes: count("info") } };
}

/** How an apply ended, in one word. */
export type ReportResult =
  | "applied"
  | "unchanged"
  | "refused"
  | "stale"
  | "busy"
  | "partial"
  | "interrupted"
  | "not-up";

export interface ReportBody {
  readonly project: string;
  readonly server: Plan["server"];
  readonly result: ReportResult;
  readonly summary: PlanSummary;
  readonly blockers: readonly Blocker[];
  /** Why nothing was written, when that was for want of consent. */
  readonly refusal?: string;
  readonly outcomes: readonly StepOutcome[];
  /** Absent when nothing was written. */
  readonly verification?: Verification;
  /** With `--wait`: the state of each new monitor when the wait was over. */
  readonly firstHeartbeats?: readonly FirstHeartbeatBody[];
  readonly findings: readonly Finding[];
}

/** A new monitor when the wait was over. */
export interface FirstHeartbeatBody {
  readonly key: string;
  readonly id: number;
  readonly state: string;
  readonly message: string;
}

export interface StatusBody {
  readonly project: string;
  readonly server: Plan["server"];
  readonly monitors: readonly MonitorStatus[];
  /** What there is to say of the server; absent when there is nothing. */
  readonly findings?: readonly Finding[];
}

/** Of `notifications test`. */
export interface NotificationTestBody {
  readonly project: string;
  readonly server: Plan["server"];
  readonly key: EntityKey;
  /** Absent when it comes from a secret. */
  readonly name?: string;
  /** The notification's type. */
  readonly provider: string;
  readonly result: "sent" | "refused";
  /** The server's words. */
  readonly message: string;
}

/** Of a run that ended without its own document. */
export function errorBody(error: unknown): { readonly error: ErrorFacts } {
  return { error: describeError(error) };
}
