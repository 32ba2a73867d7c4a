import { headers } from "../codecs/json-text.ts";
import { textField, wordField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const webhook = defineProvider({
  type: "webhook",
  summary: "Sends an HTTP request.",
  fields: {
    webhookURL: textField(
      {
        title: "URL",
        description: "Where the request goes.",
        examples: ["${env:WEBHOOK_URL}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    httpMethod: wordField(
      {
        title: "Method",
        description: "post sends the body, get none. Servers before 2.1 always post.",
        default: "post",
        since: [2, 1, 0],
      },
      ["post", "get"],
    ),
    webhookContentType: wordField(
      {
        title: "Body",
        description: "Uptime Kuma's own JSON, the same in a form field, or `webhookCustomBody`.",
        default: "json",
      },
      ["json", "form-data", "custom"],
    ),
    webhookCustomBody: textField({
      title: "Custom body",
      description: "A Liquid template, for `webhookContentType: custom`.",
      examples: ['{"text": "{{ msg }}"}'],
    }),
    webhookAdditionalHeaders: {
      codec: headers,
      isSensitive: true,
      schema: {
        title: "Additional headers",
        description: "A mapping from name to value, or the text of a JSON object.",
        type: ["object", "string"],
        additionalProperties: { type: ["string", "number", "boolean"] },
        examples: [{ Authorization: "Bearer ${env:WEBHOOK_TOKEN}" }],
      },
    },
  },
  required: ["webhookURL"],
  example: { name: "Webhook", type: "webhook", webhookURL: "${env:WEBHOOK_URL}" },
});
