import { textField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const signalgrid = defineProvider({
  type: "signalgrid",
  summary: "Pushes to a channel of Signalgrid.",
  fields: {
    signalgridClientKey: textField({
      title: "Client key",
      description: "The client key of the account.",
      examples: ["${env:SIGNALGRID_KEY}"],
      isSensitive: true,
    }),
    signalgridChannel: textField({
      title: "Channel",
      description: "The channel to push to.",
      examples: ["alerts"],
    }),
  },
  required: ["signalgridClientKey", "signalgridChannel"],
  example: {
    name: "Signalgrid",
    type: "signalgrid",
    signalgridClientKey: "${env:SIGNALGRID_KEY}",
    signalgridChannel: "alerts",
  },
});
