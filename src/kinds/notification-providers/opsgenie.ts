import { textField, wholeNumberField, wordField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const opsgenie = defineProvider({
  type: "Opsgenie",
  summary: "Raises alerts in Opsgenie.",
  fields: {
    opsgenieRegion: wordField({ title: "Region", description: "Where the account is.", default: "us" }, ["us", "eu"]),
    opsgenieApiKey: textField({
      title: "API key",
      description: "The key of an API integration.",
      examples: ["${env:OPSGENIE_KEY}"],
      isSensitive: true,
    }),
    opsgeniePriority: wholeNumberField(
      {
        title: "Priority",
        description: "The priority of alerts, 1 to 5; without it 3.",
        examples: [1],
      },
      { minimum: 1, maximum: 5 },
    ),
  },
  required: ["opsgenieApiKey"],
  example: { name: "Opsgenie", type: "Opsgenie", opsgenieApiKey: "${env:OPSGENIE_KEY}" },
});
