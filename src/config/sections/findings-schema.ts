/** `policy.findings`: how severe findings are in a project. */
import type { JsonSchema } from "../../kinds/field.ts";
import { findingTitles } from "../../model/finding-codes.ts";

export const findingLevels = ["off", "note", "warning", "error"] as const;
export type FindingLevel = (typeof findingLevels)[number];

export const findingsSchema = {
  // Nothing, when all entries are commented out.
  type: ["object", "null"],
  properties: Object.fromEntries(
    Object.entries(findingTitles).map(([code, title]) => [code, { enum: findingLevels, title }]),
  ),
  additionalProperties: false,
  description:
    "How severe a finding is in this project: `off` silences it, `note`, `warning` and `error` change it. What is an error stays one. To silence a single place, write a comment there: `# kuma-sync-ignore KS1404: the reason`.",
  examples: [{ KS1530: "off" }],
} as const satisfies JsonSchema;
