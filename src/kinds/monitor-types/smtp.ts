import { optionalWordField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const smtp = defineMonitorType({
  type: "smtp",
  summary: "Connects to a mail server; up when it greets as it should.",
  since: [2, 0, 0],
  fields: {
    hostname: hostnameField,
    port: portField("The TCP port.", { examples: [25, 587] }),
    smtpSecurity: optionalWordField(
      {
        title: "TLS",
        description:
          "TLS from the first byte (secure), STARTTLS (starttls), or none (nostarttls); without it, STARTTLS where the server offers it.",
        examples: ["starttls"],
      },
      ["secure", "nostarttls", "starttls"],
    ),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname", "port"],
  example: { name: "Mail", type: "smtp", hostname: "smtp.example.com", port: 587, smtpSecurity: "starttls" },
});
