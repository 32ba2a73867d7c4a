import { textField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const pushbullet = defineProvider({
  type: "pushbullet",
  summary: "Sends by Pushbullet.",
  fields: {
    pushbulletAccessToken: textField({
      title: "Access token",
      description: "The token of the account.",
      examples: ["${env:PUSHBULLET_TOKEN}"],
      isSensitive: true,
    }),
  },
  required: ["pushbulletAccessToken"],
  example: { name: "Pushbullet", type: "pushbullet", pushbulletAccessToken: "${env:PUSHBULLET_TOKEN}" },
});
