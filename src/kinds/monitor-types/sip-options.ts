import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const sipOptions = defineMonitorType({
  type: "sip-options",
  summary: "Sends a SIP OPTIONS request by sipsak, which must be installed beside Uptime Kuma.",
  since: [2, 1, 0],
  fields: {
    hostname: hostnameField,
    port: portField("The SIP port.", { examples: [5060] }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname", "port"],
  example: { name: "Telephony", type: "sip-options", hostname: "sip.example.com", port: 5060 },
});
