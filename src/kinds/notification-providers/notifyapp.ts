import { textField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const notifyapp = defineProvider({
  type: "notifyapp",
  summary: "Pushes to devices by Notify! (getnotifyapp.com).",
  fields: {
    notifyAppDeviceId: textField({
      title: "Device id",
      description: "The id of a device or of a group of devices.",
      examples: ["ABC12345"],
    }),
    notifyAppToken: textField({
      title: "Token",
      description: "The token of that device or group.",
      examples: ["${env:NOTIFY_TOKEN}"],
      isSensitive: true,
    }),
    notifyAppIconUrl: textField({
      title: "Icon",
      description: "The address of an image, in place of Uptime Kuma's.",
      examples: ["https://example.com/icon.png"],
    }),
  },
  required: ["notifyAppDeviceId", "notifyAppToken"],
  example: {
    name: "Phone",
    type: "notifyapp",
    notifyAppDeviceId: "ABC12345",
    notifyAppToken: "${env:NOTIFY_TOKEN}",
  },
});
