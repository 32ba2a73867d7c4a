import { referenceField, wholeNumberField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { httpFields } from "./http-fields.ts";
import { domainExpiryField } from "./network-fields.ts";

export const realBrowser = defineMonitorType({
  type: "real-browser",
  summary: "Opens a page in Chromium; up when its status code is 200 to 399.",
  fields: {
    url: httpFields.url,
    remoteBrowser: referenceField(
      {
        kuma: "remote_browser",
        title: "Remote browser",
        description:
          "The browser that opens the page: the key of a remote browser. Without it, the Chromium beside Uptime Kuma.",
        examples: ["browserless"],
        since: [2, 0, 0],
      },
      "remote-browser",
    ),
    screenshotDelay: wholeNumberField(
      {
        kuma: "screenshot_delay",
        title: "Screenshot delay",
        description:
          "Milliseconds between the page being loaded and its screenshot; less than half of the interval, or the server refuses it.",
        default: 0,
        examples: [2000],
        // The column exists from 2.1 on, but before 2.5 an edit does not save it and lists do not show it.
        since: [2, 5, 0],
      },
      { minimum: 0 },
    ),
    domainExpiryNotification: domainExpiryField,
  },
  required: ["url"],
  example: { name: "Shop front", type: "real-browser", url: "https://shop.example.com", interval: "5m" },
});
