import { booleanField, textField, wholeNumberField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const googleChat = defineProvider({
  type: "GoogleChat",
  summary: "Posts to a Google Chat space.",
  fields: {
    googleChatWebhookURL: textField(
      {
        title: "Webhook URL",
        description: "The webhook of the space.",
        examples: ["${env:GOOGLE_CHAT_WEBHOOK}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    googleChatMaxRetries: wholeNumberField(
      {
        title: "Retries",
        description: "How often a message that fails is sent again.",
        default: 1,
        since: [2, 1, 0],
      },
      { minimum: 1, maximum: 10 },
    ),
    googleChatUseTemplate: booleanField({
      title: "Use template",
      description: "Send `googleChatTemplate` as text in place of a card.",
      default: false,
      since: [2, 0, 0],
    }),
    googleChatTemplate: textField({
      title: "Template",
      description: "A Liquid template, for `googleChatUseTemplate`.",
      examples: ["{{ name }}: {{ msg }}"],
      since: [2, 0, 0],
    }),
  },
  required: ["googleChatWebhookURL"],
  example: { name: "Google Chat", type: "GoogleChat", googleChatWebhookURL: "${env:GOOGLE_CHAT_WEBHOOK}" },
});
