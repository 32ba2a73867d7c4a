import { headers } from "../codecs/json-text.ts";
import { booleanField, pemField, textField, wholeNumberField, addressField } from "../field-shapes.ts";
import type { Field } from "../field.ts";
import { defineProvider } from "./define-provider.ts";

/** Addresses separated by commas. A message needs at least one recipient, in any of the three fields. */
function recipients(title: string): Field {
  return textField({
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
      title: "Host",
      description: "The mail server.",
      examples: ["smtp.example.com"],
    }),
    smtpPort: wholeNumberField(
      { title: "Port", description: "The mail server's port.", examples: [587] },
      { minimum: 0, maximum: 65_535 },
    ),
    smtpSecure: booleanField({
      title: "TLS",
      description: "TLS from the first byte, as on port 465; without it, STARTTLS where the server offers it.",
      default: false,
    }),
    smtpIgnoreTLSError: booleanField({
      title: "Ignore TLS errors",
      description: "Accept any certificate.",
      default: false,
    }),
    smtpIgnoreSTARTTLS: booleanField({
      title: "Ignore STARTTLS",
      description: "Send in the clear although the server offers STARTTLS.",
      default: false,
      since: [2, 1, 0],
    }),
    smtpUsername: textField({
      title: "User name",
      description: "For a server that wants a login.",
      examples: ["kuma"],
    }),
    smtpPassword: textField({
      title: "Password",
      description: "For a server that wants a login.",
      examples: ["${env:SMTP_PASSWORD}"],
      isSensitive: true,
    }),
    smtpFrom: textField({
      title: "From",
      description: "The sender, with or without a name.",
      examples: ['"Uptime Kuma" <kuma@example.com>'],
    }),
    smtpTo: recipients("To"),
    smtpCC: recipients("CC"),
    smtpBCC: recipients("BCC"),
    customSubject: textField({
      title: "Subject",
      description: "A Liquid template for the subject.",
      examples: ["{{ name }} is {{ status }}"],
    }),
    customBody: textField({
      title: "Body",
      description: "A Liquid template for the message.",
      examples: ["{{ msg }}"],
      since: [2, 0, 0],
    }),
    htmlBody: booleanField({
      title: "HTML",
      description: "`customBody` is HTML.",
      default: false,
      since: [2, 0, 0],
    }),
    smtpAdditionalHeaders: {
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
      title: "DKIM domain",
      description: "Sign messages for this domain.",
      examples: ["example.com"],
    }),
    smtpDkimKeySelector: textField({
      title: "DKIM key selector",
      description: "Which of the domain's keys signs.",
      examples: ["2026"],
    }),
    smtpDkimPrivateKey: pemField({
      title: "DKIM private key",
      description: "In PEM.",
      isSensitive: true,
    }),
    smtpDkimHashAlgo: textField({
      title: "DKIM hash",
      description: "The hash algorithm.",
      examples: ["sha256"],
    }),
    smtpDkimheaderFieldNames: textField({
      title: "DKIM header fields",
      description: "Header fields to sign, with colons between them.",
      examples: ["message-id:date:from:to"],
    }),
    smtpDkimskipFields: textField({
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
