import type { Json } from "../../model/json.ts";
import type { EntityFinding } from "../entity-finding.ts";
import { explainStatusCode } from "./explain-status-code.ts";
import type { EntityRule } from "./rule.ts";

/** Ranges that are valid by the schema and match nothing, such as `299-200`. */
export const statusCodes: EntityRule = {
  name: "status-codes",
  checkEach({ written, variant }) {
    const codes = written["acceptedStatusCodes"];
    // A WebSocket is judged by its close code, which has no ranges.
    if (!Array.isArray(codes) || variant.type === "websocket-upgrade") return [];
    return (codes as readonly Json[]).flatMap((code, index): readonly EntityFinding[] => {
      const explained = explainStatusCode(code);
      if (explained === undefined) return [];
      return [{ ...explained, severity: "error", pointer: `/acceptedStatusCodes/${index}` }];
    });
  },
};
