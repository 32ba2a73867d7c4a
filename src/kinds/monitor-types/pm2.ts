import { textField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

export const pm2 = defineMonitorType({
  type: "pm2",
  summary: "Asks PM2 for a process beside Uptime Kuma; up when it is online.",
  since: [2, 5, 0],
  fields: {
    systemServiceName: textField(
      {
        kuma: "system_service_name",
        title: "Process",
        description: "The name of the process in PM2.",
        examples: ["api"],
      },
      // The server removes surrounding white space and refuses control characters.
      { pattern: String.raw`^[^\s\x00-\x1F\x7F]([^\x00-\x1F\x7F]*[^\s\x00-\x1F\x7F])?$` },
    ),
  },
  required: ["systemServiceName"],
  example: { name: "API process", type: "pm2", systemServiceName: "api" },
});
