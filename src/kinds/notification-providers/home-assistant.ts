import { textField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const homeAssistant = defineProvider({
  type: "HomeAssistant",
  summary: "Notifies by Home Assistant.",
  fields: {
    homeAssistantUrl: textField(
      {
        title: "URL",
        description: "The address of Home Assistant.",
        examples: ["http://homeassistant.example.com:8123"],
      },
      httpUrl,
    ),
    longLivedAccessToken: textField({
      title: "Access token",
      description: "A long-lived access token.",
      examples: ["${env:HOME_ASSISTANT_TOKEN}"],
      isSensitive: true,
    }),
    notificationService: textField({
      title: "Service",
      description: "The notify service to call; without it all devices are notified.",
      examples: ["mobile_app_phone"],
    }),
  },
  required: ["homeAssistantUrl", "longLivedAccessToken"],
  example: {
    name: "Home Assistant",
    type: "HomeAssistant",
    homeAssistantUrl: "http://homeassistant.example.com:8123",
    longLivedAccessToken: "${env:HOME_ASSISTANT_TOKEN}",
  },
});
