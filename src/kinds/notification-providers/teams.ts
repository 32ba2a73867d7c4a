import { booleanField, textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const teams = defineProvider({
  type: "teams",
  summary: "Posts to a Microsoft Teams channel.",
  fields: {
    webhookUrl: textField(
      {
        title: "Webhook URL",
        description: "The webhook of the channel.",
        examples: ["${env:TEAMS_WEBHOOK}"],
        isSensitive: true,
      },
      httpUrl,
    ),
    teamsEnableTags: booleanField({
      title: "Tags",
      description: "Name the tags of the monitor.",
      default: false,
      since: [2, 1, 2],
    }),
  },
  required: ["webhookUrl"],
  example: { name: "Teams", type: "teams", webhookUrl: "${env:TEAMS_WEBHOOK}" },
});
