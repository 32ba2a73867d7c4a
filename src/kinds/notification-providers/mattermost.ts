import { textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const mattermost = defineProvider({
  type: "mattermost",
  summary: "Posts to a Mattermost channel.",
  fields: {
    mattermostWebhookUrl: textField(
      {
        title: "Webhook URL",
        description: "The incoming webhook.",
        examples: ["${env:MATTERMOST_WEBHOOK}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    mattermostusername: textField({
      title: "User name",
      description: "The name that messages come from; without it Uptime Kuma.",
      examples: ["Uptime Kuma"],
    }),
    mattermostchannel: textField({
      title: "Channel",
      description: "Another channel than the webhook's own, which must not be bound to it.",
      examples: ["alerts"],
    }),
    mattermosticonurl: textField({
      title: "Icon URL",
      description: "The address of an image, in place of an emoji.",
      examples: ["https://example.com/icon.png"],
    }),
    mattermosticonemo: textField({
      title: "Icon",
      description: "The emoji beside messages, or two with a space between them: for up and for down.",
      examples: [":white_check_mark: :x:"],
    }),
  },
  required: ["mattermostWebhookUrl"],
  example: { name: "Mattermost", type: "mattermost", mattermostWebhookUrl: "${env:MATTERMOST_WEBHOOK}" },
});
