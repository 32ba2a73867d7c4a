/** What `drill` saw a server do with the copies of a monitor, and what is wrong with that. */
import type { EntityKey } from "./entity.ts";

export interface DrilledMonitor {
  readonly key: EntityKey;
  readonly name: string;
  /** For example `json-query`. */
  readonly monitorType: string;
  readonly told: Told;
  /** Why there was no drill; `variants` is empty then. */
  readonly skipped?: string;
  /** What is known by `test` about the healthy response; absent when it was not drilled. */
  readonly healthy?: DrilledBeat & { readonly expect: "up" | "down" };
  readonly variants: readonly DrilledVariant[];
  /** How many variants there are; more than `variants` without `--all`. */
  readonly total: number;
  /** What the drill did otherwise than the monitor, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Who hears of it: the monitor's own notifications, those of a group above it, nobody on purpose (`notifications: []`), or
 * nobody.
 */
export type Told = "notifications" | "group" | "on-purpose" | "nobody";

export interface DrilledBeat {
  /** `none`: the server sent no heartbeat in time. */
  readonly status: "up" | "down" | "none";
  /** The server's own words. */
  readonly message: string;
  /** Milliseconds from the request's answer, or from the write that asked for the check, to the heartbeat. */
  readonly ms: number;
}

export interface DrilledVariant extends DrilledBeat {
  readonly name: string;
  readonly group: VariantGroup;
  /** What `test` says that the monitor shows. */
  readonly expect: "up" | "down";
  /** The notification that arrived; absent: none. `ms` counts from the broken answer. */
  readonly alarm?: DrilledAlarm;
  /**
   * The notification could not be received: the listener was closed for this variant, and it has no other port. That of the
   * recovery stands for it.
   */
  readonly isAlarmUnseen?: true;
  /** The healthy answer again; absent: the variant did not get that far, or was up. */
  readonly recovered?: DrilledBeat & { readonly alarm?: DrilledAlarm };
}

export interface DrilledAlarm {
  readonly text: string;
  readonly ms: number;
}

/**
 * As in the experiment of `test`: `dead` responses, single `fault`s, `harmless` changes, the `test`s of the file; `outside`
 * is what comes before any body: status codes, connections, a job that reports nothing.
 */
export type VariantGroup = "dead" | "fault" | "harmless" | "test" | "outside";

export type DrillProblem =
  /** The healthy response is down, as `test` says too. */
  | { readonly type: "cannot-pass" }
  /** The healthy response is down, or the server made no check; `test` says up. */
  | { readonly type: "never-up" }
  /** `test` says that the monitor goes down for it. */
  | { readonly type: "stayed-up"; readonly variant: string }
  /** `test` says that the monitor stays up for it: our engine is wrong. */
  | { readonly type: "went-down"; readonly variant: string }
  | { readonly type: "no-check"; readonly variant: string }
  | { readonly type: "not-recovered"; readonly variant: string }
  /** It went down, and no notification came. */
  | { readonly type: "silent"; readonly variant: string }
  /** It went down, and nobody is to be notified. */
  | { readonly type: "nobody" };

/** In the order in which they are worth reading. */
export function drillProblems(monitor: DrilledMonitor): readonly DrillProblem[] {
  const { healthy, variants, told, skipped } = monitor;
  if (skipped !== undefined) return [];
  if (healthy !== undefined && healthy.status !== "up") {
    return [{ type: healthy.expect === "down" && healthy.status === "down" ? "cannot-pass" : "never-up" }];
  }
  const wasDown = variants.some(({ status }) => status === "down");
  return [
    ...(told === "nobody" && wasDown ? [{ type: "nobody" } as const] : []),
    ...variants.flatMap((variant) => problemsOf(variant, told)),
  ];
}

function problemsOf(variant: DrilledVariant, told: Told): readonly DrillProblem[] {
  const { name, expect, status, recovered } = variant;
  if (status === "none") return [{ type: "no-check", variant: name }];
  if (status === "up") return expect === "down" ? [{ type: "stayed-up", variant: name }] : [];
  const isToBeHeard = told === "notifications" || told === "group";
  return [
    ...(expect === "up" ? [{ type: "went-down", variant: name } as const] : []),
    ...(isToBeHeard && !isNotified(variant) ? [{ type: "silent", variant: name } as const] : []),
    ...(recovered?.status === "up" ? [] : [{ type: "not-recovered", variant: name } as const]),
  ];
}

/** Whether somebody heard of the outage. */
export function isNotified({ alarm, isAlarmUnseen, recovered }: DrilledVariant): boolean {
  return alarm !== undefined || (isAlarmUnseen === true && recovered?.alarm !== undefined);
}

/** Whether the server did otherwise than our engine says. */
export function isDisagreement({ type }: DrillProblem): boolean {
  return type === "stayed-up" || type === "went-down" || type === "never-up";
}

/** `fail`: it is not proven that somebody hears of an outage. `disagree`: only our engine was wrong. */
export type DrillState = "pass" | "fail" | "disagree" | "skipped";

export function drillState(monitor: DrilledMonitor): DrillState {
  if (monitor.skipped !== undefined) return "skipped";
  const problems = drillProblems(monitor);
  if (problems.length === 0) return "pass";
  return problems.every(({ type }) => type === "went-down") ? "disagree" : "fail";
}
