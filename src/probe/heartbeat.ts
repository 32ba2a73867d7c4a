/**
 * Turns the result of a check into what the monitor shows: upside down and retries (docs/upstream/uptime-kuma.md#retries).
 */
import type { JsonObject } from "../model/json.ts";
import type { CheckResult } from "./check-result.ts";
import { numberIn } from "./monitor-row.ts";
import type { Probed } from "./probe-result.ts";

/** `row` is the monitor's row. */
export function heartbeatOf(
  result: Pick<CheckResult, "isPassed" | "message" | "query">,
  row: JsonObject,
): Pick<Probed, "status" | "message" | "firstHeartbeat"> {
  const { isPassed, message, query } = result;
  // A query that was stopped is not a failed check: the server would hang with it, so upside down does not apply.
  if (query?.status === "killed") return { status: "down", message, firstHeartbeat: "none" };
  const isUpsideDown = row["upsideDown"] === true;
  // With upside down, a failed check keeps its message and a passed one loses it.
  if (isPassed !== isUpsideDown) return { status: "up", message, firstHeartbeat: "up" };
  const hasRetries = numberIn(row, "maxretries") > 0 && !isNeverRetried(message, row);
  return {
    status: "down",
    message: isUpsideDown ? "Flip UP to DOWN" : message,
    firstHeartbeat: hasRetries ? "pending" : "down",
  };
}

/** From 2.1 on, a comparison that fails is down at once; a query without a value is still retried. */
function isNeverRetried(message: string, row: JsonObject): boolean {
  return (
    row["type"] === "json-query" &&
    row["retryOnlyOnStatusCodeFailure"] === true &&
    message.includes("JSON query does not pass")
  );
}
