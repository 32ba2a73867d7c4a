import { booleanField, textField, wholeNumberField, wordField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const ntfy = defineProvider({
  type: "ntfy",
  summary: "Publishes to a topic of ntfy.",
  fields: {
    ntfytopic: textField({
      kuma: "ntfytopic",
      title: "Topic",
      description: "The topic to publish to.",
      examples: ["uptime"],
    }),
    ntfyserverurl: textField(
      {
        kuma: "ntfyserverurl",
        title: "Server URL",
        description: "The server, without the topic.",
        default: "https://ntfy.sh",
      },
      httpUrl,
    ),
    ntfyPriority: wholeNumberField(
      {
        kuma: "ntfyPriority",
        title: "Priority",
        description: "The priority of messages, 1 to 5.",
        default: 5,
      },
      { minimum: 1, maximum: 5 },
    ),
    ntfyPriorityDown: wholeNumberField(
      {
        kuma: "ntfyPriorityDown",
        title: "Priority when down",
        description: "The priority of messages that a monitor is down, 1 to 5.",
        default: 5,
        since: [2, 0, 0],
      },
      { minimum: 1, maximum: 5 },
    ),
    ntfyAuthenticationMethod: wordField(
      {
        kuma: "ntfyAuthenticationMethod",
        title: "Authentication",
        description: "How to log in to the server.",
        default: "none",
      },
      ["none", "usernamePassword", "accessToken"],
    ),
    ntfyusername: textField({
      kuma: "ntfyusername",
      title: "User name",
      description: "For usernamePassword.",
      examples: ["kuma"],
    }),
    ntfypassword: textField({
      kuma: "ntfypassword",
      title: "Password",
      description: "For usernamePassword.",
      examples: ["${env:NTFY_PASSWORD}"],
      isSensitive: true,
    }),
    ntfyaccesstoken: textField({
      kuma: "ntfyaccesstoken",
      title: "Access token",
      description: "For accessToken.",
      examples: ["${env:NTFY_TOKEN}"],
      isSensitive: true,
    }),
    ntfyIcon: textField({
      kuma: "ntfyIcon",
      title: "Icon",
      description: "The address of an image.",
      examples: ["https://example.com/icon.png"],
    }),
    ntfyCall: textField({
      kuma: "ntfyCall",
      title: "Call",
      description: "A verified telephone number that ntfy calls.",
      examples: ["yes"],
      since: [2, 1, 0],
    }),
    ntfyUseTemplate: booleanField({
      kuma: "ntfyUseTemplate",
      title: "Use templates",
      description: "Send the two templates below in place of the usual title and message.",
      default: false,
      since: [2, 1, 0],
    }),
    ntfyCustomTitle: textField({
      kuma: "ntfyCustomTitle",
      title: "Title template",
      description: "A Liquid template, for `ntfyUseTemplate`.",
      examples: ["{{ name }}"],
      since: [2, 1, 0],
    }),
    ntfyCustomMessage: textField({
      kuma: "ntfyCustomMessage",
      title: "Message template",
      description: "A Liquid template, for `ntfyUseTemplate`.",
      examples: ["{{ msg }}"],
      since: [2, 1, 0],
    }),
  },
  required: ["ntfytopic"],
  example: { name: "Phone", type: "ntfy", ntfytopic: "uptime" },
});
