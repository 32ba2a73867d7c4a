/** The bodies of the `--format json` documents, without their envelope. */
import type { EntityKey } from "./entity.ts";
import type { Finding } from "./finding.ts";
import type { Json } from "./json.ts";
import type { MonitorStatus } from "./monitor-status.ts";
import type { Blocker, Plan, PlanSummary } from "./plan.ts";
import type { PushUrl } from "./push-url.ts";
import type { Silence } from "./silence.ts";
import type { FixedFiles } from "./fixed-files.ts";
import type { StepOutcome, Verification } from "./progress.ts";

export interface FindingsBody {
  readonly findings: readonly Finding[];
  /** Only with --fix. */
  readonly fixed?: FixedFiles;
  /** Those that are silenced count among no other. */
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly notes: number;
    readonly silenced: number;
  };
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
  /** Why nothing was written; only present if consent was missing. */
  readonly refusal?: string;
  readonly outcomes: readonly StepOutcome[];
  /** Absent when nothing was written. */
  readonly verification?: Verification;
  /** With `--wait`: the state of each new monitor at the end of the wait. */
  readonly firstHeartbeats?: readonly FirstHeartbeatBody[];
  readonly findings: readonly Finding[];
}

/** A new monitor at the end of the wait. */
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
  /** Notes about the server; absent when there are none. */
  readonly findings?: readonly Finding[];
}

export interface PushUrlsBody {
  readonly project: string;
  readonly server: Plan["server"];
  readonly pushUrls: readonly PushUrl[];
}

/** Body of `silence`. */
export interface SilencesBody {
  readonly project: string;
  readonly server: Plan["server"];
  /** The one that was started. */
  readonly started?: Silence;
  /** Those that were ended. */
  readonly ended?: readonly Silence[];
  /** Ids that were to be ended and of which there is no silence. */
  readonly missing?: readonly string[];
  /** With `--list`. */
  readonly silences?: readonly Silence[];
}

/** Body of `notifications test`. */
export interface NotificationTestBody {
  readonly project: string;
  readonly server: Plan["server"];
  readonly key: EntityKey;
  /** Absent when it comes from a secret. */
  readonly name?: string;
  /** The notification's type. */
  readonly provider: string;
  readonly result: "sent" | "refused";
  /** The server's message. */
  readonly message: string;
}

interface Tally {
  readonly total: number;
  readonly names: readonly string[];
}

export interface QueryBody {
  readonly query: string;
  /** The Uptime Kuma version whose rules were used. */
  readonly server: string;
  /** Absent without a response, and for a comparable value without an expected value. */
  readonly status?: "up" | "down";
  /** The server's message. */
  readonly message?: string;
  /** Absent if it is not JSON or too large. */
  readonly value?: Json;
  readonly resultType?: string;
  /** For a response that passes: other responses that would pass too. */
  readonly experiment?: {
    /** What the value was compared with. */
    readonly expected: string;
    /** Dead responses for which the monitor would be up. */
    readonly missed: Tally;
    /** Faults for which the monitor would be down. */
    readonly seen: Tally;
    /** Harmless changes for which the monitor would be down. */
    readonly falseAlarms: Tally;
    readonly watched: readonly string[];
    readonly blind: readonly string[];
  };
  /** Without a response, but with an expected value: generated bodies, as JSON texts. */
  readonly found?: { readonly passing?: string; readonly failing?: string };
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
}
