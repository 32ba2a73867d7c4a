import { booleanField, textField, wordField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const discord = defineProvider({
  type: "discord",
  summary: "Posts to a Discord channel.",
  fields: {
    discordWebhookUrl: textField(
      {
        title: "Webhook URL",
        description: "The webhook of the channel.",
        examples: ["${env:DISCORD_WEBHOOK}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    discordUsername: textField({
      title: "Bot name",
      description: "The name that messages come from.",
      examples: ["Uptime Kuma"],
    }),
    discordPrefixMessage: textField({
      title: "Prefix",
      description: "Text before each message.",
      examples: ["@here"],
    }),
    discordMessageFormat: wordField(
      {
        title: "Format",
        description: "An embed (normal), one line (minimalist), or `discordMessageTemplate` (custom).",
        default: "normal",
        since: [2, 1, 0],
      },
      ["normal", "minimalist", "custom"],
    ),
    discordMessageTemplate: textField({
      title: "Template",
      description: "A Liquid template, for `discordMessageFormat: custom`.",
      examples: ["{{ name }}: {{ msg }}"],
      since: [2, 1, 0],
    }),
    discordChannelType: wordField(
      {
        title: "Target",
        description: "The channel, a new forum post called `postName`, or the thread `threadId`.",
        default: "channel",
        since: [2, 0, 0],
      },
      ["channel", "createNewForumPost", "postToThread"],
    ),
    postName: textField({
      title: "Post name",
      description: "The title of the new forum post.",
      examples: ["Outage"],
      since: [2, 0, 0],
    }),
    threadId: textField({
      title: "Thread id",
      description: "The thread to post to. In quotes: it has more digits than a number keeps.",
      examples: ["1177566663751782411"],
      since: [2, 0, 0],
    }),
    disableUrl: booleanField({
      title: "Hide URL",
      description: "Leave the monitor's address out of messages.",
      default: false,
      since: [2, 0, 0],
    }),
    discordSuppressNotifications: booleanField({
      title: "Silent",
      description: "Post without a push notification.",
      default: false,
      since: [2, 1, 0],
    }),
  },
  required: ["discordWebhookUrl"],
  example: { name: "Discord", type: "discord", discordWebhookUrl: "${env:DISCORD_WEBHOOK}" },
});
