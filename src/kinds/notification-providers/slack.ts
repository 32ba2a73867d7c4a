import { booleanField, textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const slack = defineProvider({
  type: "slack",
  summary: "Posts to a Slack channel.",
  fields: {
    slackwebhookURL: textField(
      {
        title: "Webhook URL",
        description: "The incoming webhook of the Slack app.",
        examples: ["${env:SLACK_WEBHOOK}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    slackchannel: textField({
      title: "Channel",
      description: "Another channel than the webhook's own.",
      examples: ["#alerts"],
    }),
    slackusername: textField({
      title: "User name",
      description: "The name that messages come from.",
      examples: ["Uptime Kuma"],
    }),
    slackiconemo: textField({
      title: "Icon",
      description: "The emoji beside messages.",
      examples: [":bear:"],
    }),
    slackrichmessage: booleanField({
      title: "Rich messages",
      description: "Send blocks with buttons, not one line of text.",
      default: false,
      since: [2, 0, 0],
    }),
    slackIncludeGroupName: booleanField({
      title: "Include group name",
      description: "Say which groups the monitor is in.",
      default: true,
      since: [2, 1, 0],
    }),
    slackUseTemplate: booleanField({
      title: "Use template",
      description: "Send `slackTemplate` in place of the usual message.",
      default: false,
      since: [2, 1, 0],
    }),
    slackTemplate: textField({
      title: "Template",
      description: "A Liquid template, for `slackUseTemplate`.",
      examples: ["{{ name }}: {{ msg }}"],
      since: [2, 1, 0],
    }),
    slackchannelnotify: booleanField({
      title: "Notify channel",
      description: "Begin messages with <!channel>.",
      default: false,
    }),
  },
  required: ["slackwebhookURL"],
  example: { name: "On call", type: "slack", slackwebhookURL: "${env:SLACK_WEBHOOK}" },
});
