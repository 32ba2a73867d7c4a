import type { Json } from "../../model/json.ts";
import { findingFor } from "../entity-finding.ts";
import { explainStatusCode } from "./explain-status-code.ts";
import type { Rule } from "./rule.ts";

/** Ranges that look right to the schema and match nothing, such as `299-200`. */
export const statusCodes: Rule = {
  name: "status-codes",
  check({ entities }) {
    return entities.flatMap((entity) => {
      const codes = entity.written["acceptedStatusCodes"];
      // A WebSocket is judged by the code it is closed with, which has no ranges.
      if (!Array.isArray(codes) || entity.variant.type === "websocket-upgrade") return [];
      return (codes as readonly Json[]).flatMap((code, index) => {
        const explained = explainStatusCode(code);
        if (explained === undefined) return [];
        return findingFor(entity, { ...explained, severity: "error", pointer: `/acceptedStatusCodes/${index}` });
      });
    });
  },
};
