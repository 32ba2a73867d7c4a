import { textField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const twilio = defineProvider({
  type: "twilio",
  summary: "Sends a text message by Twilio.",
  fields: {
    twilioAccountSID: textField({
      title: "Account SID",
      description: "The id of the account.",
      examples: ["AC0123456789abcdef0123456789abcdef"],
    }),
    twilioApiKey: textField({
      title: "API key",
      description: "The SID of an API key, whose secret is then the token; without it the account itself logs in.",
      examples: ["${env:TWILIO_API_KEY}"],
      isSensitive: true,
    }),
    twilioAuthToken: textField({
      title: "Token",
      description: "The auth token of the account, or the secret of the API key.",
      examples: ["${env:TWILIO_TOKEN}"],
      isSensitive: true,
    }),
    twilioMessagingServiceSID: textField({
      title: "Messaging service",
      description: "The SID of a messaging service to send by.",
      examples: ["MG0123456789abcdef0123456789abcdef"],
      since: [2, 1, 0],
    }),
    twilioFromNumber: textField({
      title: "From",
      description: "The number that messages come from, in quotes.",
      examples: ["+15017122661"],
    }),
    twilioToNumber: textField({
      title: "To",
      description: "The number that messages go to, in quotes.",
      examples: ["+15558675310"],
    }),
  },
  required: ["twilioAccountSID", "twilioAuthToken", "twilioFromNumber", "twilioToNumber"],
  example: {
    name: "Text message",
    type: "twilio",
    twilioAccountSID: "AC0123456789abcdef0123456789abcdef",
    twilioAuthToken: "${env:TWILIO_TOKEN}",
    twilioFromNumber: "+15017122661",
    twilioToNumber: "+15558675310",
  },
});
