import { booleanField, textField, wholeNumberField, wordField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const ntfy = defineProvider({
  type: "ntfy",
  summary: "Publishes to a topic of ntfy.",
  fields: {
    ntfytopic: textField({
      title: "Topic",
      description: "The topic to publish to.",
      examples: ["uptime"],
    }),
    ntfyserverurl: textField(
      {
        title: "Server URL",
        description: "The server, without the topic.",
        default: "https://ntfy.sh",
      },
      httpUrl,
    ),
    ntfyPriority: wholeNumberField(
      {
        title: "Priority",
        description: "The priority of messages, 1 to 5.",
        default: 5,
      },
      { minimum: 1, maximum: 5 },
    ),
    ntfyPriorityDown: wholeNumberField(
      {
        title: "Priority when down",
        description: "The priority of messages that a monitor is down, 1 to 5.",
        default: 5,
        since: [2, 0, 0],
      },
      { minimum: 1, maximum: 5 },
    ),
    ntfyAuthenticationMethod: wordField(
      {
        title: "Authentication",
        description: "How to log in to the server.",
        default: "none",
      },
      ["none", "usernamePassword", "accessToken"],
    ),
    ntfyusername: textField({
      title: "User name",
      description: "For usernamePassword.",
      examples: ["kuma"],
    }),
    ntfypassword: textField({
      title: "Password",
      description: "For usernamePassword.",
      examples: ["${env:NTFY_PASSWORD}"],
      isSensitive: true,
    }),
    ntfyaccesstoken: textField({
      title: "Access token",
      description: "For accessToken.",
      examples: ["${env:NTFY_TOKEN}"],
      isSensitive: true,
    }),
    ntfyIcon: textField({
      title: "Icon",
      description: "The address of an image.",
      examples: ["https://example.com/icon.png"],
    }),
    ntfyCall: textField({
      title: "Call",
      description: "A verified telephone number that ntfy calls.",
      examples: ["yes"],
      since: [2, 1, 0],
    }),
    ntfyUseTemplate: booleanField({
      title: "Use templates",
      description: "Send the two templates below in place of the usual title and message.",
      default: false,
      since: [2, 1, 0],
    }),
    ntfyCustomTitle: textField({
      title: "Title template",
      description: "A Liquid template, for `ntfyUseTemplate`.",
      examples: ["{{ name }}"],
      since: [2, 1, 0],
    }),
    ntfyCustomMessage: textField({
      title: "Message template",
      description: "A Liquid template, for `ntfyUseTemplate`.",
      examples: ["{{ msg }}"],
      since: [2, 1, 0],
    }),
  },
  required: ["ntfytopic"],
  example: { name: "Phone", type: "ntfy", ntfytopic: "uptime" },
});
