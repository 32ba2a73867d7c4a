import { textField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

export const systemService = defineMonitorType({
  type: "system-service",
  summary: "Asks systemd, or Windows, for a service beside Uptime Kuma; up when it runs.",
  since: [2, 1, 0],
  fields: {
    systemServiceName: textField(
      {
        kuma: "system_service_name",
        title: "Service",
        description: "The name of the service, as systemctl has it.",
        examples: ["nginx"],
      },
      { pattern: "^[A-Za-z0-9._@-]+$" },
    ),
  },
  required: ["systemServiceName"],
  example: { name: "Web server", type: "system-service", systemServiceName: "nginx" },
});
