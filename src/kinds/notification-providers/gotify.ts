import { textField, wholeNumberField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const gotify = defineProvider({
  type: "gotify",
  summary: "Sends to a Gotify server.",
  fields: {
    gotifyapplicationToken: textField({
      title: "Application token",
      description: "The token of the application in Gotify.",
      examples: ["${env:GOTIFY_TOKEN}"],
      isSensitive: true,
    }),
    gotifyserverurl: textField(
      {
        title: "Server URL",
        description: "The address of the server.",
        examples: ["https://gotify.example.com"],
      },
      httpUrl,
    ),
    gotifyPriority: wholeNumberField(
      {
        title: "Priority",
        description: "The priority of messages, 0 to 10; 0 is taken for 8.",
        default: 8,
      },
      { minimum: 0, maximum: 10 },
    ),
  },
  required: ["gotifyapplicationToken", "gotifyserverurl"],
  example: {
    name: "Gotify",
    type: "gotify",
    gotifyserverurl: "https://gotify.example.com",
    gotifyapplicationToken: "${env:GOTIFY_TOKEN}",
  },
});
