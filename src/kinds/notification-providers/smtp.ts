import { headers } from "../codecs/json-text.ts";
import { booleanField, pemField, textField, wholeNumberField, addressField } from "../field-shapes.ts";
import type { Field } from "../field.ts";
import { defineProvider } from "./define-provider.ts";

/** Addresses with commas between them. A message needs at least one recipient, in any of the three fields. */
function recipients(kuma: "smtpTo" | "smtpCC" | "smtpBCC", title: string): Field {
  return textField({
    kuma,
    title,
    description: "Addresses, with commas between them. At least one of smtpTo, smtpCC and smtpBCC is needed.",
    examples: ["oncall@example.com, team@example.com"],
  });
}

export const smtp = defineProvider({
  type: "smtp",
  summary: "Sends an e-mail.",
  fields: {
    smtpHost: addressField({
      kuma: "smtpHost",
      title: "Host",
      description: "The mail server.",
      examples: ["smtp.example.com"],
    }),
    smtpPort: wholeNumberField(
      { kuma: "smtpPort", title: "Port", description: "The mail server's port.", examples: [587] },
      { minimum: 0, maximum: 65_535 },
    ),
    smtpSecure: booleanField({
      kuma: "smtpSecure",
      title: "TLS",
      description: "TLS from the first byte, as on port 465; without it, STARTTLS where the server offers it.",
      default: false,
    }),
    smtpIgnoreTLSError: booleanField({
      kuma: "smtpIgnoreTLSError",
      title: "Ignore TLS errors",
      description: "Accept any certificate.",
      default: false,
    }),
    smtpIgnoreSTARTTLS: booleanField({
      kuma: "smtpIgnoreSTARTTLS",
      title: "Ignore STARTTLS",
      description: "Send in the clear although the server offers STARTTLS.",
      default: false,
      since: [2, 1, 0],
    }),
    smtpUsername: textField({
      kuma: "smtpUsername",
      title: "User name",
      description: "For a server that wants a login.",
      examples: ["kuma"],
    }),
    smtpPassword: textField({
      kuma: "smtpPassword",
      title: "Password",
      description: "For a server that wants a login.",
      examples: ["${env:SMTP_PASSWORD}"],
      isSensitive: true,
    }),
    smtpFrom: textField({
      kuma: "smtpFrom",
      title: "From",
      description: "The sender, with or without a name.",
      examples: ['"Uptime Kuma" <kuma@example.com>'],
    }),
    smtpTo: recipients("smtpTo", "To"),
    smtpCC: recipients("smtpCC", "CC"),
    smtpBCC: recipients("smtpBCC", "BCC"),
    customSubject: textField({
      kuma: "customSubject",
      title: "Subject",
      description: "A Liquid template for the subject.",
      examples: ["{{ name }} is {{ status }}"],
    }),
    customBody: textField({
      kuma: "customBody",
      title: "Body",
      description: "A Liquid template for the message.",
      examples: ["{{ msg }}"],
      since: [2, 0, 0],
    }),
    htmlBody: booleanField({
      kuma: "htmlBody",
      title: "HTML",
      description: "`customBody` is HTML.",
      default: false,
      since: [2, 0, 0],
    }),
    smtpAdditionalHeaders: {
      kuma: "smtpAdditionalHeaders",
      codec: headers,
      isSensitive: true,
      since: [2, 5, 0],
      schema: {
        title: "Additional headers",
        description: "A mapping from name to value, or the text of a JSON object.",
        type: ["object", "string"],
        additionalProperties: { type: ["string", "number", "boolean"] },
        examples: [{ "X-Priority": "1" }],
      },
    },
    smtpDkimDomain: textField({
      kuma: "smtpDkimDomain",
      title: "DKIM domain",
      description: "Sign messages for this domain.",
      examples: ["example.com"],
    }),
    smtpDkimKeySelector: textField({
      kuma: "smtpDkimKeySelector",
      title: "DKIM key selector",
      description: "Which of the domain's keys signs.",
      examples: ["2026"],
    }),
    smtpDkimPrivateKey: pemField({
      kuma: "smtpDkimPrivateKey",
      title: "DKIM private key",
      description: "In PEM.",
      isSensitive: true,
    }),
    smtpDkimHashAlgo: textField({
      kuma: "smtpDkimHashAlgo",
      title: "DKIM hash",
      description: "The hash algorithm.",
      examples: ["sha256"],
    }),
    smtpDkimheaderFieldNames: textField({
      kuma: "smtpDkimheaderFieldNames",
      title: "DKIM header fields",
      description: "Header fields to sign, with colons between them.",
      examples: ["message-id:date:from:to"],
    }),
    smtpDkimskipFields: textField({
      kuma: "smtpDkimskipFields",
      title: "DKIM skipped fields",
      description: "Header fields not to sign, with colons between them.",
      examples: ["message-id:date"],
    }),
  },
  required: ["smtpHost", "smtpPort", "smtpFrom"],
  example: {
    name: "Mail",
    type: "smtp",
    smtpHost: "smtp.example.com",
    smtpPort: 587,
    smtpFrom: "kuma@example.com",
    smtpTo: "oncall@example.com",
  },
});
