/** How the server judges a query: which monitor type evaluates it, and whether its value is compared. */
import type { JsonObject } from "../model/json.ts";
import type { AskingType } from "../query/check.ts";

export interface AskedQuery {
  readonly askedBy: AskingType;
  /** False if only conditions use the value, or if it only has to exist. */
  readonly isCompared: boolean;
}

/** `fields` may be written or canonical, because the deciding ones are the same in both. */
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
