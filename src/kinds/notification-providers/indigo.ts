import { booleanField, httpUrl, textField, urlField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const indigo = defineProvider({
  type: "Indigo",
  summary: "Sets a variable or runs an action group of an Indigo home automation server.",
  fields: {
    indigoUrl: urlField(
      {
        title: "URL",
        description: "The address of the server or of its reflector.",
        examples: ["https://indigo.example.com"],
      },
      httpUrl,
    ),
    indigoApiKey: textField({
      title: "API key",
      description: "The key to log in with.",
      examples: ["${env:INDIGO_KEY}"],
      isSensitive: true,
    }),
    indigoVariableId: textField({
      title: "Variable",
      description: "The id of the variable to set. This or an action group is needed.",
      examples: ["1234567"],
    }),
    indigoActionGroupId: textField({
      title: "Action group",
      description: "The id of the action group to run. This or a variable is needed.",
      examples: ["7654321"],
    }),
    indigoIgnoreTlsError: booleanField({
      title: "Ignore TLS errors",
      description: "Accept any certificate.",
      default: false,
    }),
  },
  required: ["indigoUrl", "indigoApiKey"],
  example: {
    name: "Home",
    type: "Indigo",
    indigoUrl: "https://indigo.example.com",
    indigoApiKey: "${env:INDIGO_KEY}",
    indigoVariableId: "1234567",
  },
});
