import { secondsADay, shortDuration } from "../../model/duration.ts";
import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isWithheld, type EntityFinding } from "../entity-finding.ts";
import { writtenAt } from "../values/provenance.ts";
import type { EntityRule } from "./rule.ts";

/** Retries and repeats are counted in checks; the resulting time is often not the intended one. */
export const lateAlarms: EntityRule = {
  name: "late-alarms",
  kind: "monitor",
  checkEach: (entity) => [lateFirst(entity) ?? [], lateAgain(entity) ?? []].flat(),
};

/**
 * A push monitor checks one interval after the last push, and then once in each retry interval
 * (docs/upstream/uptime-kuma.md#push-monitors).
 */
function lateFirst(entity: DeclaredEntity): EntityFinding | undefined {
  const { variant, canonical } = entity;
  const { interval, maxRetries, retryInterval } = canonical;
  if (variant.type !== "push" || hasUnknown(entity, ["interval", "maxRetries", "retryInterval"])) return undefined;
  if (typeof interval !== "number" || typeof maxRetries !== "number" || typeof retryInterval !== "number")
    return undefined;
  const delay = maxRetries * retryInterval;
  if (delay < interval || delay < longDelay) return undefined;
  const sum = `${shortDuration(interval)} + ${maxRetries} × ${shortDuration(retryInterval)}`;
  return {
    code: "KS1618",
    severity: "warning",
    message: `a missing push alarms ${shortDuration(interval + delay)} after the last one (${sum})`,
    hint: `maxRetries: 0 alarms after ${shortDuration(interval)}; for pushes that may be late, write a longer interval`,
    pointer: "/maxRetries",
  };
}

/** Seconds. A few minutes are what retries are for. */
const longDelay = 900;

/** Whoever writes fewer checks than this can easily count them. */
const manyChecks = 10;

function lateAgain(entity: DeclaredEntity): EntityFinding | undefined {
  const { interval, resendInterval } = entity.canonical;
  if (typeof interval !== "number" || typeof resendInterval !== "number") return undefined;
  const every = resendInterval * interval;
  if (resendInterval < manyChecks || every <= secondsADay) return undefined;
  // A duration that was converted to checks is as long as intended.
  const isTime = writtenAt(entity.provenance, "/resendInterval").pointer.endsWith("/resendEvery");
  if (isTime || hasUnknown(entity, ["interval", "resendInterval"])) return undefined;
  return {
    code: "KS1619",
    severity: "warning",
    message: `"resendInterval: ${resendInterval}" notifies again every ${shortDuration(every)}: it counts checks, one in ${shortDuration(interval)}`,
    hint: `write a time instead, such as resendEvery: ${shortDuration(Math.max(resendInterval * 60, interval))}`,
    pointer: "/resendInterval",
  };
}

function hasUnknown(entity: DeclaredEntity, fields: readonly string[]): boolean {
  return fields.some((field) => isWithheld(entity, pointerTo(field)));
}
