/** How the server of a monitor makes a verdict of its query: who asks, and whether the value is compared with anything. */
import type { JsonObject } from "../model/json.ts";
import type { AskingType } from "../query/check.ts";

export interface AskedQuery {
  readonly askedBy: AskingType;
  /** False when only conditions look at the value, or only whether there is one. */
  readonly isCompared: boolean;
}

/** `fields` are written or canonical: those that decide look alike in both. */
export function askedQuery(type: string | undefined, fields: JsonObject): AskedQuery {
  const { mqttCheckType, expectedValue, conditions } = fields;
  if (type === "mqtt") {
    const hasConditions = Array.isArray(conditions) && conditions.length > 0;
    return { askedBy: type, isCompared: mqttCheckType === "json-query" && !hasConditions };
  }
  if (type === "mongodb") {
    return { askedBy: type, isCompared: typeof expectedValue === "string" && expectedValue !== "" };
  }
  return { askedBy: "json-query", isCompared: true };
}
