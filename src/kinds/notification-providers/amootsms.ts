import { booleanField, textField, wholeNumberField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const amootsms = defineProvider({
  type: "amootsms",
  summary: "Sends text messages by Amoot SMS.",
  fields: {
    amootApiToken: textField({
      title: "API token",
      description: "The token of the account.",
      examples: ["${env:AMOOT_TOKEN}"],
      isSensitive: true,
    }),
    amootMobiles: textField({
      title: "Recipients",
      description: "Telephone numbers, with commas between them.",
      examples: ["9123456789,09987654321"],
    }),
    amootLineNumber: textField({
      title: "Line number",
      description: "The line to send from. A pattern needs it only with amootUseOwnLine.",
      default: "public",
    }),
    amootUsePattern: booleanField({
      title: "Use a pattern",
      description: "Send the pattern amootPatternCodeId in place of free text.",
      default: false,
    }),
    amootPatternCodeId: wholeNumberField(
      { title: "Pattern", description: "The id of the pattern.", examples: [1234] },
      { minimum: 1 },
    ),
    amootUseOwnLine: booleanField({
      title: "Own line",
      description: "Send the pattern from amootLineNumber.",
      default: false,
    }),
  },
  required: ["amootApiToken", "amootMobiles"],
  example: {
    name: "Text message",
    type: "amootsms",
    amootApiToken: "${env:AMOOT_TOKEN}",
    amootMobiles: "9123456789",
  },
});
