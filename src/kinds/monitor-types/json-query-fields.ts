/** A JSONata expression and the value to compare its result with, for the types that can evaluate one. */
import type { JsonObject } from "../../model/json.ts";
import { nullAs } from "../codecs/null-as.ts";
import { optionalText, text } from "../codecs/text.ts";
import { textField, wordField } from "../field-shapes.ts";
import type { Field } from "../field.ts";
import type { Variant } from "../kind.ts";

/**
 * Whether the server treats a NULL query as the whole response. It does not on 1.23, whose monitors have no operator,
 * and not for MQTT with a query (`jsonata(null)` throws; server/monitor-types/mqtt.js).
 */
function isWholeAnswer(row: JsonObject): boolean {
  if (row["type"] === "mqtt") return row["mqttCheckType"] !== "json-query";
  return Object.hasOwn(row, "jsonPathOperator");
}

export const jsonPathField: Field = textField(
  {
    title: "JSON query",
    description: "A JSONata expression over the response.",
    default: "$",
    codec: nullAs("$", optionalText, isWholeAnswer),
    examples: ["$count(data[*]) > 0", "status"],
  },
  { minLength: 1 },
);

export const jsonPathOperatorField: Field = wordField(
  {
    title: "Operator",
    description:
      "How the value of the query is compared: == and != as text, > >= < <= as numbers, contains as part of a text.",
    default: "==",
    since: [2, 0, 0],
    // Null is the API's default and keeps the monitor permanently down
    // (docs/upstream/uptime-kuma.md#fields-of-a-monitor), so it must show as a difference.
    codec: optionalText,
  },
  [">", ">=", "<", "<=", "!=", "==", "contains"],
);

export const expectedValueField: Field = textField({
  title: "Expected value",
  description: "What the value is compared with, as text: `true` is the text `true`.",
  examples: ["true", "200"],
  codec: text,
});

/** For types where an empty expected value means that nothing is compared. */
export const optionalExpectedValueField: Field = { ...expectedValueField, codec: optionalText };

export function jsonPathQuery({ jsonPath }: JsonObject): ReturnType<NonNullable<Variant["queries"]>> {
  return typeof jsonPath === "string" ? [{ at: "/jsonPath", text: jsonPath }] : [];
}
