import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const steam = defineMonitorType({
  type: "steam",
  summary: "Asks Steam for a game server; needs a Steam API key in the server's settings.",
  fields: {
    hostname: hostnameField,
    port: portField("The game server's port.", { examples: [27_015] }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname", "port"],
  example: { name: "Game server", type: "steam", hostname: "203.0.113.7", port: 27_015 },
});
