import { defineMonitorType } from "./define-monitor-type.ts";
import { httpFields } from "./http-fields.ts";

export const http = defineMonitorType({
  type: "http",
  summary: "Requests a URL; up when the status code is accepted.",
  fields: httpFields,
  required: ["url"],
  example: {
    name: "Gateway",
    type: "http",
    url: "https://example.com/health",
    interval: "60s",
    maxRetries: 3,
    acceptedStatusCodes: ["200-299", 401],
  },
});
