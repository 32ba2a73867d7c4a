import { booleanField, textField, wordField } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const telegram = defineProvider({
  type: "telegram",
  summary: "Sends a Telegram message by a bot.",
  fields: {
    telegramBotToken: textField({
      title: "Bot token",
      description: "What @BotFather gave.",
      examples: ["${env:TELEGRAM_TOKEN}"],
      isSensitive: true,
    }),
    telegramChatID: textField({
      title: "Chat id",
      description: "The chat, group or channel to write to.",
      examples: ["-1001234567890"],
    }),
    telegramMessageThreadID: textField({
      title: "Thread id",
      description: "A topic of a forum group.",
      examples: ["42"],
    }),
    telegramServerUrl: textField({
      title: "Server URL",
      description: "Telegram's own server, or one of yours.",
      default: "https://api.telegram.org",
      since: [2, 0, 0],
    }),
    telegramSendSilently: booleanField({
      title: "Silent",
      description: "Send without a sound.",
      default: false,
    }),
    telegramProtectContent: booleanField({
      title: "Protect content",
      description: "Forbid forwarding and saving.",
      default: false,
    }),
    telegramUseTemplate: booleanField({
      title: "Use template",
      description: "Send `telegramTemplate` in place of the usual message.",
      default: false,
      since: [2, 0, 0],
    }),
    telegramTemplate: textField({
      title: "Template",
      description: "A Liquid template, for `telegramUseTemplate`.",
      examples: ["{{ name }}: {{ msg }}"],
      since: [2, 0, 0],
    }),
    telegramTemplateParseMode: wordField(
      {
        title: "Parse mode",
        description: "The markup of the template.",
        default: "plain",
        since: [2, 0, 0],
      },
      ["plain", "HTML", "MarkdownV2"],
    ),
  },
  required: ["telegramBotToken", "telegramChatID"],
  example: {
    name: "Telegram",
    type: "telegram",
    telegramBotToken: "${env:TELEGRAM_TOKEN}",
    telegramChatID: "-1001234567890",
  },
});
