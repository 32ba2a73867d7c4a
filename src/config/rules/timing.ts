import { writtenDuration } from "../../model/duration.ts";
import { isWithheld } from "../entity-finding.ts";
import { isLikeMilliseconds } from "./long-times.ts";
import type { EntityRule } from "./rule.ts";

/**
 * A timeout longer than the interval delays the next check; the form allows 80 %
 * (docs/upstream/uptime-kuma.md#limits).
 */
export const timing: EntityRule = {
  name: "timing",
  checkEach(entity) {
    const { canonical, written } = entity;
    const { interval, timeout } = canonical;
    if (typeof timeout !== "number" || typeof interval !== "number" || timeout < interval) return [];
    if (isWithheld(entity, "/timeout") || isWithheld(entity, "/interval")) return [];
    if (isLikeMilliseconds(entity, "timeout")) return [];
    const isOwn = Object.hasOwn(written, "timeout");
    if (!isOwn && !Object.hasOwn(written, "interval")) return [];
    const what = `timeout of ${writtenDuration(timeout)}${isOwn ? "" : ", the default,"}`;
    return [
      {
        code: "KS1404",
        severity: "warning",
        message: `${what} is not shorter than the interval of ${writtenDuration(interval)}`,
        hint: `write timeout: ${Math.max(1, Math.floor(interval * 0.8))}s or less`,
        pointer: isOwn ? "/timeout" : "/interval",
      },
    ];
  },
};
