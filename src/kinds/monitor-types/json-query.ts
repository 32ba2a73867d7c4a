import { booleanField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { httpFields } from "./http-fields.ts";
import { expectedValueField, jsonPathField, jsonPathOperatorField, jsonPathQuery } from "./json-query-fields.ts";

export const jsonQuery = defineMonitorType({
  type: "json-query",
  summary: "Requests a URL; up when a JSONata expression over the response compares as expected.",
  fields: {
    ...httpFields,
    jsonPath: jsonPathField,
    jsonPathOperator: jsonPathOperatorField,
    expectedValue: expectedValueField,
    retryOnlyOnStatusCodeFailure: booleanField({
      title: "Retry only on status code failure",
      description: "A query that does not hold is down at once; retries are for requests that fail.",
      default: false,
      since: [2, 1, 0],
    }),
  },
  required: ["url", "expectedValue"],
  example: {
    name: "Models",
    type: "json-query",
    url: "https://example.com/api/models",
    headers: { Authorization: "Bearer ${env:API_KEY}" },
    jsonPath: "$count(data[*]) > 0",
    expectedValue: "true",
    interval: "5m",
  },
  queries: jsonPathQuery,
});
