import { textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const rocketChat = defineProvider({
  type: "rocket.chat",
  summary: "Posts to a Rocket.Chat channel.",
  fields: {
    rocketwebhookURL: textField(
      {
        title: "Webhook URL",
        description: "The incoming webhook.",
        examples: ["${env:ROCKET_CHAT_WEBHOOK}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    rocketusername: textField({
      title: "User name",
      description: "The name that messages come from.",
      examples: ["Uptime Kuma"],
    }),
    rocketiconemo: textField({
      title: "Icon",
      description: "The emoji beside messages.",
      examples: [":bear:"],
    }),
    rocketchannel: textField({
      title: "Channel",
      description: "Another channel than the webhook's own.",
      examples: ["#alerts"],
    }),
  },
  required: ["rocketwebhookURL"],
  example: { name: "Rocket.Chat", type: "rocket.chat", rocketwebhookURL: "${env:ROCKET_CHAT_WEBHOOK}" },
});
