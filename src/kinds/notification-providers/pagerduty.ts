import { textField, wordField, httpUrl } from "../field-shapes.ts";
import { defineProvider } from "./define-provider.ts";

export const pagerduty = defineProvider({
  type: "PagerDuty",
  summary: "Raises incidents in PagerDuty.",
  fields: {
    pagerdutyIntegrationKey: textField({
      title: "Integration key",
      description: "The key of an integration with the Events API v2.",
      examples: ["${env:PAGERDUTY_KEY}"],
      isSensitive: true,
    }),
    pagerdutyIntegrationUrl: textField(
      {
        title: "Integration URL",
        description: "Where events go.",
        default: "https://events.pagerduty.com/v2/enqueue",
      },
      httpUrl,
    ),
    pagerdutyPriority: wordField({ title: "Severity", description: "The severity of events.", default: "warning" }, [
      "info",
      "warning",
      "error",
      "critical",
    ]),
    pagerdutyAutoResolve: {
      ...wordField(
        {
          title: "When up again",
          description:
            "What becomes of the incident when the monitor is up again: nothing (0), or it is acknowledged or resolved.",
          default: "0",
        },
        ["0", "acknowledge", "resolve"],
      ),
      isText: true,
    },
  },
  required: ["pagerdutyIntegrationKey"],
  example: {
    name: "PagerDuty",
    type: "PagerDuty",
    pagerdutyIntegrationKey: "${env:PAGERDUTY_KEY}",
    pagerdutyAutoResolve: "resolve",
  },
});
