import { textField, wholeNumberField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const pushover = defineProvider({
  type: "pushover",
  summary: "Sends by Pushover.",
  fields: {
    pushoveruserkey: textField({
      title: "User key",
      description: "The key of the user or group.",
      examples: ["${env:PUSHOVER_USER}"],
      isSensitive: true,
    }),
    pushoverapptoken: textField({
      title: "Application token",
      description: "The API token of the application.",
      examples: ["${env:PUSHOVER_TOKEN}"],
      isSensitive: true,
    }),
    pushoverdevice: textField({
      title: "Device",
      description: "One device in place of all.",
      examples: ["phone"],
    }),
    pushovertitle: textField({
      title: "Title",
      description: "The title of messages.",
      examples: ["Uptime Kuma"],
    }),
    pushoverpriority: wholeNumberField(
      {
        title: "Priority",
        description: "The priority of messages, -2 to 2; without it normal, which is 0.",
        examples: [1],
      },
      { minimum: -2, maximum: 2 },
    ),
    pushoversounds: textField({
      title: "Sound",
      description: "The sound of messages; on servers before 2.0 of those that a monitor is up too.",
      examples: ["siren"],
    }),
    pushoversounds_up: textField({
      title: "Sound when up",
      description: "The sound of messages that a monitor is up again.",
      examples: ["magic"],
      since: [2, 0, 0],
    }),
    pushoverttl: wholeNumberField(
      {
        title: "Time to live",
        description: "Seconds after which a message goes away by itself; 0 keeps it.",
        examples: [3600],
      },
      { minimum: 0 },
    ),
  },
  required: ["pushoveruserkey", "pushoverapptoken"],
  example: {
    name: "Pushover",
    type: "pushover",
    pushoveruserkey: "${env:PUSHOVER_USER}",
    pushoverapptoken: "${env:PUSHOVER_TOKEN}",
  },
});
