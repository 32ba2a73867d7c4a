import type { Json } from "../../model/json.ts";
import { resolverText } from "../codecs/text.ts";
import type { NewerPart } from "../field.ts";
import { textField, wordField } from "../field-shapes.ts";
import { conditionsField, textOperators } from "./conditions-field.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { domainExpiryField, hostnameField, portField } from "./network-fields.ts";

/**
 * Before 2.1, the server puts brackets around the whole text and passes it to Node as one address (1.23
 * util-server.js).
 */
function newerResolvers(written: Json): readonly NewerPart[] {
  const resolver = resolverText.normalise(written);
  if (typeof resolver !== "string" || isIpAddress(resolver)) return [];
  const what = resolver.includes(",") ? "a list of resolvers" : "the name of a resolver";
  return [{ at: "", since: [2, 1, 0], words: { what, instead: "one IP address" } }];
}

/** As the URL Standard defines addresses (section 3.5), because a pure folder may not import `node:net`. */
function isIpAddress(text: string): boolean {
  if (text.includes(":")) return URL.canParse(`http://[${text}]/`);
  return /^[\d.]+$/u.test(text) && URL.canParse(`http://${text}/`) && new URL(`http://${text}/`).hostname === text;
}

export const dns = defineMonitorType({
  type: "dns",
  summary: "Asks a resolver for a record; up when there is an answer.",
  fields: {
    hostname: hostnameField,
    dnsResolveServer: {
      ...textField(
        {
          kuma: "dns_resolve_server",
          title: "Resolver",
          description:
            "The resolver to ask: an IP address. From 2.1 on also a name, or several of both with commas between them.",
          // The form's default up to 2.0. Later forms have no default but require a value, and the check fails without
          // one.
          default: "1.1.1.1",
          examples: ["1.1.1.1"],
          codec: resolverText,
        },
        // The port is a separate field. With a port here, the entry would count as a host name that does not exist.
        { pattern: String.raw`^(?![\s\S]*(\]|(^|,)[^:,]*):\d+\s*(,|$))` },
      ),
      newerParts: newerResolvers,
    },
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
