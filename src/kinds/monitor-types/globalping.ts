import { optionalText, upperCaseText } from "../codecs/text.ts";
import { optionalWordField, textField, wholeNumberField, wordField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { httpAuthFields } from "./http-auth-fields.ts";
import { httpFields } from "./http-fields.ts";
import {
  jsonPathField,
  jsonPathOperatorField,
  jsonPathQuery,
  optionalExpectedValueField,
} from "./json-query-fields.ts";
import { invertKeywordField } from "./keyword-fields.ts";
import { hostnameField, portField } from "./network-fields.ts";

const {
  authDomain: _ntlmDomain,
  authWorkstation: _ntlmWorkstation,
  tlsCert: _mtlsCert,
  tlsKey: _mtlsKey,
  tlsCa: _mtlsCa,
  ...authFields
} = httpAuthFields;

/** More than Uptime Kuma's own resolver can query, but without CAA. */
const recordTypes = "A AAAA ANY CNAME DNSKEY DS HTTPS MX NS NSEC PTR RRSIG SOA SRV SVCB TXT".split(" ");

export const globalping = defineMonitorType({
  type: "globalping",
  summary: "Lets a probe of Globalping, somewhere in the world, ping a host, request a URL or ask for a DNS record.",
  since: [2, 1, 0],
  fields: {
    subtype: wordField(
      {
        title: "Measurement",
        description: "What the probe does: `hostname` is for ping and dns, `url` for http.",
        default: "ping",
        valuesSince: { dns: [2, 1, 2] },
        // Null is not a measurement.
        codec: optionalText,
      },
      ["ping", "http", "dns"],
    ),
    hostname: hostnameField,
    url: httpFields.url,
    location: textField(
      {
        title: "Location",
        description: "Where the probe is: a place, a network or a tag, or several with + between them that all hold.",
        default: "world",
        examples: ["amazon+germany"],
      },
      // The form accepts no list, because one check is one measurement.
      { pattern: "^[^,]+$" },
    ),
    protocol: optionalWordField(
      {
        title: "Protocol",
        description: "For ping ICMP or TCP, for dns UDP or TCP; for http HTTP2, or null for what the URL says.",
        examples: ["ICMP", "UDP"],
      },
      ["ICMP", "TCP", "UDP", "HTTP2"],
    ),
    port: portField("For dns, and for ping over TCP, which both need it.", { examples: [53, 443] }),
    ipFamily: httpFields.ipFamily,
    pingCount: wholeNumberField(
      { kuma: "ping_count", title: "Packets", description: "For ping: how many packets one check sends.", default: 3 },
      { minimum: 1, maximum: 100 },
    ),
    dnsResolveServer: textField({
      kuma: "dns_resolve_server",
      title: "Resolver",
      description: "For dns and http: the resolver to ask; without it the probe's own.",
      examples: ["1.1.1.1"],
    }),
    dnsResolveType: wordField(
      { kuma: "dns_resolve_type", title: "Record type", description: "For dns: the record to ask for.", default: "A" },
      recordTypes,
    ),
    method: wordField(
      {
        title: "Method",
        description: "For http: the HTTP method.",
        default: "GET",
        codec: upperCaseText,
      },
      ["HEAD", "GET", "OPTIONS"],
    ),
    headers: httpFields.headers,
    acceptedStatusCodes: httpFields.acceptedStatusCodes,
    keyword: textField({
      title: "Keyword",
      description:
        "For http: a text that the response must contain. For dns: a regular expression that a record must match.",
      examples: ["all systems operational"],
    }),
    invertKeyword: invertKeywordField,
    jsonPath: jsonPathField,
    jsonPathOperator: jsonPathOperatorField,
    expectedValue: optionalExpectedValueField,
    ignoreTls: httpFields.ignoreTls,
    expiryNotification: httpFields.expiryNotification,
    cacheBust: httpFields.cacheBust,
    ...authFields,
    authMethod: optionalWordField(
      {
        title: "Authentication",
        description: "For http: how the request is authenticated.",
        examples: ["basic"],
        valuesSince: { bearer: [2, 4, 0] },
      },
      ["basic", "bearer", "oauth2-cc"],
    ),
  },
  // The form requires it, and no default suits all measurements. The server passes on any value.
  required: ["protocol"],
  example: {
    name: "Front page from Germany",
    type: "globalping",
    subtype: "ping",
    hostname: "example.com",
    location: "amazon+germany",
    protocol: "ICMP",
    interval: "5m",
  },
  queries: jsonPathQuery,
});
