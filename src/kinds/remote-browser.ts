import { text, toText } from "./codecs/text.ts";
import { defineListedKind } from "./define-listed-kind.ts";
import { textField, urlField, webSocketUrl } from "./field-shapes.ts";

/** A browser on another machine. 1.23 does not have the events and would never answer them. */
export const remoteBrowser = defineListedKind({
  name: "remote-browser",
  section: "remoteBrowsers",
  list: "remoteBrowserList",
  since: [2, 0, 0],
  save: "addRemoteBrowser",
  remove: "deleteRemoteBrowser",
  nameOf: (row) => toText(row["name"]) ?? "",
  variant: {
    type: undefined,
    since: [2, 0, 0],
    summary: "A Chromium in another place, for monitors of type real-browser.",
    isOpen: false,
    fields: {
      name: textField(
        {
          title: "Name",
          description: "The name that Uptime Kuma shows. May change at will.",
          examples: ["Browserless"],
          codec: text,
        },
        { minLength: 1 },
      ),
      url: urlField(
        {
          title: "URL",
          description:
            "Where the browser's Playwright endpoint is. Hosted ones take a token in it, so it is never shown.",
          examples: ["ws://chrome.example.com/playwright?token=${env:BROWSER_TOKEN}"],
          isSensitive: true,
        },
        webSocketUrl,
      ),
    },
    required: ["name", "url"],
    example: { name: "Browserless", url: "ws://chrome.example.com/playwright?token=${env:BROWSER_TOKEN}" },
  },
});
