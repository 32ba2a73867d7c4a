import { defaultOf } from "../../kinds/field.ts";
import type { Finding } from "../../model/finding.ts";
import { writtenDuration } from "../../model/duration.ts";
import type { JsonObject } from "../../model/json.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, isWithheld } from "../entity-finding.ts";
import type { Rule } from "./rule.ts";

/**
 * A check that may take longer than the interval stretches it; the form allows 80 %
 * (docs/upstream/uptime-kuma.md#limits).
 */
export const timing: Rule = {
  name: "timing",
  check: ({ entities }) => entities.flatMap(checkTiming),
};

function checkTiming(entity: WrittenEntity): readonly Finding[] {
  const interval = secondsOf(entity, "interval");
  const timeout = secondsOf(entity, "timeout", interval === undefined ? {} : { interval });
  if (timeout === undefined || interval === undefined || timeout < interval) return [];
  if (isWithheld(entity, "/timeout") || isWithheld(entity, "/interval")) return [];
  const isWritten = Object.hasOwn(entity.written, "timeout");
  if (!isWritten && !Object.hasOwn(entity.written, "interval")) return [];
  return [
    findingFor(entity, {
      code: "KS1404",
      severity: "warning",
      message: `timeout of ${writtenDuration(timeout)}${isWritten ? "" : ", the default,"} is not shorter than the interval of ${writtenDuration(interval)}`,
      hint: `write timeout: ${Math.max(1, Math.floor(interval * 0.8))}s or less`,
      pointer: isWritten ? "/timeout" : "/interval",
    }),
  ];
}

/** `beside` holds the canonical values that a default may follow. */
function secondsOf({ variant, written }: WrittenEntity, name: string, beside: JsonObject = {}): number | undefined {
  const field = Object.hasOwn(variant.fields, name) ? variant.fields[name] : undefined;
  if (field === undefined) return undefined;
  const value = written[name];
  const seconds = value === undefined ? defaultOf(field, beside) : field.codec.normalise(value);
  return typeof seconds === "number" ? seconds : undefined;
}
