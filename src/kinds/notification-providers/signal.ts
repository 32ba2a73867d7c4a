import { booleanField, textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const signal = defineProvider({
  type: "signal",
  summary: "Sends by the REST API of signal-cli.",
  fields: {
    signalURL: textField(
      {
        title: "URL",
        description: "Where the API takes messages.",
        examples: ["http://signal.example.com:8080/v2/send"],
      },
      httpUrl,
    ),
    signalNumber: textField({
      title: "Number",
      description: "The number that messages come from, in quotes.",
      examples: ["+4915112345678"],
    }),
    signalRecipients: textField({
      title: "Recipients",
      description: "Numbers, or ids of groups, with commas between them.",
      examples: ["+4915187654321"],
    }),
    signalUseTemplate: booleanField({
      title: "Use template",
      description: "Send `signalTemplate` in place of the usual message.",
      default: false,
      since: [2, 2, 0],
    }),
    signalTemplate: textField({
      title: "Template",
      description: "A Liquid template, for `signalUseTemplate`.",
      examples: ["{{ name }}: {{ msg }}"],
      since: [2, 2, 0],
    }),
  },
  required: ["signalURL", "signalNumber", "signalRecipients"],
  example: {
    name: "Signal",
    type: "signal",
    signalURL: "http://signal.example.com:8080/v2/send",
    signalNumber: "+4915112345678",
    signalRecipients: "+4915187654321",
  },
});
