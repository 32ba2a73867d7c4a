/** How an apply ended. */
import type { FirstHeartbeatBody, ReportResult } from "../../model/document-bodies.ts";

export const resultWords = {
  applied: "applied",
  unchanged: "no changes",
  refused: "refused, nothing was written",
  stale: "stale plan, nothing was written",
  busy: "another run is writing, nothing was written",
  partial: "not complete",
  interrupted: "interrupted",
  "not-up": "applied, but not every new monitor is up",
} as const satisfies Record<ReportResult, string>;

/** The state of a new monitor after the wait. */
export function heartbeatWords({ state }: FirstHeartbeatBody): string {
  return state === "none" ? "no heartbeat" : state;
}
