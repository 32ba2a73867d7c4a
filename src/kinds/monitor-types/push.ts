import { textField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

/** Pattern of a written token. The column has 20 characters on 1.23, and 32 from 2.0 on. */
export const pushTokenPattern = "^[A-Za-z0-9_-]{1,32}$";

export const push = defineMonitorType({
  type: "push",
  summary: "Waits for calls to its own URL; down when none came within an interval.",
  fields: {
    pushToken: textField(
      {
        title: "Push token",
        description:
          "The secret part of the URL that is called. Without it a new monitor gets a random one, which then stays.",
        examples: ["${env:BACKUP_PUSH_TOKEN}"],
        isSensitive: true,
        isKeptUnlessWritten: true,
        isUnique: true,
      },
      { pattern: pushTokenPattern },
    ),
  },
  required: [],
  example: { name: "Nightly backup", type: "push", interval: "1d" },
});
