import { isWithheld } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/** The response to a HEAD request has no body to check (docs/upstream/uptime-kuma.md#how-an-http-check-is-made). */
export const headMethod: EntityRule = {
  name: "head-method",
  kind: "monitor",
  checkEach(entity) {
    const { variant, canonical } = entity;
    if (variant.type !== "keyword" && variant.type !== "json-query") return [];
    if (canonical["method"] !== "HEAD" || isWithheld(entity, "/method")) return [];
    const isInverted = canonical["invertKeyword"] === true && variant.type === "keyword";
    return [
      {
        code: "KS1430",
        severity: "error",
        message: `the answer to a HEAD request has no body: the monitor is always ${isInverted ? "up" : "down"}`,
        hint: "write method: GET, or type: http to judge the status code alone",
        pointer: "/method",
      },
    ];
  },
};
