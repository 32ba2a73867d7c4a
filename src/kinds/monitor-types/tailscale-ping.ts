import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField } from "./network-fields.ts";

export const tailscalePing = defineMonitorType({
  type: "tailscale-ping",
  summary: "Runs tailscale ping, which must be installed beside Uptime Kuma.",
  fields: { hostname: hostnameField, domainExpiryNotification: domainExpiryField },
  required: ["hostname"],
  example: { name: "Laptop", type: "tailscale-ping", hostname: "100.64.0.7" },
});
