/** What http, keyword and json-query monitors send, and how they judge the response. */
import { encodedBody, headers } from "../codecs/json-text.ts";
import { statusCodes } from "../codecs/status-codes.ts";
import { upperCaseText } from "../codecs/text.ts";
import {
  booleanField,
  optionalWordField,
  referenceField,
  wholeNumberField,
  wordField,
  httpUrl,
  urlField,
} from "../field-shapes.ts";
import type { Fields } from "../field.ts";
import { httpAuthFields } from "./http-auth-fields.ts";
import { domainExpiryField, timeoutField } from "./network-fields.ts";

export const httpFields = {
  url: urlField(
    {
      title: "URL",
      description: "The address to request.",
      examples: ["https://example.com/health"],
    },
    httpUrl,
  ),
  method: wordField({ title: "Method", description: "The HTTP method.", default: "GET", codec: upperCaseText }, [
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "HEAD",
    "OPTIONS",
  ]),
  headers: {
    codec: headers,
    isSensitive: true,
    schema: {
      title: "Headers",
      description: "Request headers: a mapping from name to value, or the text of a JSON object.",
      type: ["object", "string"],
      additionalProperties: { type: ["string", "number", "boolean"] },
      examples: [{ Authorization: "Bearer ${env:API_KEY}" }],
    },
  },
  body: {
    codec: encodedBody,
    isSensitive: true,
    schema: {
      title: "Body",
      description:
        "Request body, by `httpBodyEncoding`. json: a mapping, a list or JSON text, which Uptime Kuma parses and sends without " +
        "its blank space. form: a mapping, whose lists repeat their field, or text. xml: text. Text under form and xml is sent " +
        "byte for byte.",
      type: ["object", "array", "string"],
      examples: [{ model: "gpt-4o", messages: [{ role: "user", content: "ping" }] }],
    },
  },
  httpBodyEncoding: wordField(
    {
      title: "Body encoding",
      description: "How the body is encoded, and which Content-Type goes with it.",
      default: "json",
      // 1.23 accepts the word and silently drops the body (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
      valuesSince: { form: [2, 0, 0] },
    },
    ["json", "form", "xml"],
  ),
  timeout: timeoutField(48),
  maxRedirects: wholeNumberField(
    {
      kuma: "maxredirects",
      title: "Redirects",
      description: "How many redirects are followed; 0 judges the redirect itself by `acceptedStatusCodes`.",
      default: 10,
      examples: [0],
    },
    { minimum: 0 },
  ),
  acceptedStatusCodes: {
    kuma: "accepted_statuscodes",
    codec: statusCodes,
    schema: {
      title: "Accepted status codes",
      description: "The status codes that count as up: single codes and ranges, both ends included.",
      type: "array",
      minItems: 1,
      items: {
        anyOf: [
          { type: "integer", minimum: 100, maximum: 999 },
          { type: "string", pattern: String.raw`^\d{3}(-\d{3})?$` },
        ],
      },
      default: ["200-299"],
      examples: [["200-299", 401]],
    },
  },
  ignoreTls: booleanField({
    title: "Ignore TLS errors",
    description: "Accept any certificate, expired and self-signed ones too.",
    default: false,
  }),
  expiryNotification: booleanField({
    title: "Certificate expiry notification",
    description: "Notify before the server's certificate runs out. Has no effect with `ignoreTls`.",
    default: false,
  }),
  domainExpiryNotification: domainExpiryField,
  cacheBust: booleanField({
    title: "Cache bust",
    description: "Add a random query parameter to every request, so that no cache answers.",
    default: false,
    since: [2, 0, 0],
  }),
  ipFamily: optionalWordField(
    {
      title: "IP family",
      description: "Connect over this family only; without it, over whichever answers.",
      since: [2, 0, 0],
    },
    ["ipv4", "ipv6"],
  ),
  saveErrorResponse: booleanField({
    title: "Save failed responses",
    description: "Keep the body of failed responses for notification templates.",
    default: true,
    since: [2, 1, 0],
  }),
  saveResponse: booleanField({
    title: "Save responses",
    description: "Keep the body of good responses too. Works only together with `saveErrorResponse`.",
    default: false,
    since: [2, 1, 0],
  }),
  responseMaxLength: wholeNumberField(
    {
      title: "Length of saved responses",
      description: "How many bytes of a response are kept.",
      default: 1024,
      since: [2, 1, 0],
    },
    { minimum: 0, maximum: 1_048_576 },
  ),
  proxy: referenceField(
    {
      kuma: "proxyId",
      title: "Proxy",
      description: "The proxy that the request goes through: the key of a proxy.",
      examples: ["outbound"],
    },
    "proxy",
  ),
  ...httpAuthFields,
} satisfies Fields;
