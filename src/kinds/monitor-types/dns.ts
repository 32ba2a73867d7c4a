import { textField, wordField } from "../field-shapes.ts";
import { conditionsField, textOperators } from "./conditions-field.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

export const dns = defineMonitorType({
  type: "dns",
  summary: "Asks a resolver for a record; up when there is an answer.",
  fields: {
    hostname: hostnameField,
    dnsResolveServer: textField({
      kuma: "dns_resolve_server",
      title: "Resolver",
      description: "The resolver to ask: an IP address; newer servers also take names, and lists with commas.",
      // The form's default up to 2.0; later forms have none but demand a value, and the check fails without one.
      default: "1.1.1.1",
      examples: ["1.1.1.1"],
    }),
    port: portField("The resolver's port.", { default: 53 }),
    dnsResolveType: wordField(
      {
        kuma: "dns_resolve_type",
        title: "Record type",
        description: "The type of record to ask for.",
        default: "A",
      },
      ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"],
    ),
    conditions: conditionsField({
      variables: ["record"],
      operators: textOperators,
      description: "What one of the records must be, for the monitor to be up.",
      since: [2, 0, 0],
    }),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["hostname"],
  example: { name: "Zone", type: "dns", hostname: "example.com", dnsResolveType: "NS" },
});
