import { textField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const apprise = defineProvider({
  type: "apprise",
  summary: "Sends by Apprise, which must be installed beside Uptime Kuma.",
  fields: {
    appriseURL: textField({
      title: "URL",
      description: "The address of a service, as Apprise writes it; tokens stand in it.",
      examples: ["${env:APPRISE_URL}"],
      isSensitive: true,
    }),
    title: textField({
      title: "Title",
      description: "The title of messages.",
      examples: ["Uptime Kuma"],
    }),
  },
  required: ["appriseURL"],
  example: { name: "Apprise", type: "apprise", appriseURL: "${env:APPRISE_URL}" },
});
