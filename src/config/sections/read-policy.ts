/** `policy:` and `limits:`: limits for what one run may do to the server. */
import type { JsonSchema } from "../../kinds/field.ts";
import { usualPolicy, type Policy } from "../../model/entity.ts";
import type { FindingCode } from "../../model/finding-codes.ts";
import type { Silencing } from "../silencing/silencing.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { Envelope } from "./envelope.ts";
import { findingsSchema, type FindingLevel } from "./findings-schema.ts";
import { onRemoveSchema } from "./lifecycle-schemas.ts";
import { readFields, type FieldsOptions } from "./read-fields.ts";

const percent = { type: "number", minimum: 0, maximum: 100 } as const;

/** @internal: also read by what generates the published schema and the reference. */
export const policySchema = {
  type: "object",
  properties: {
    onRemove: {
      ...onRemoveSchema,
      description:
        "What happens to an object that is no longer declared, unless it has its own `onRemove`. Only monitors can be paused; `pause` deletes anything else.",
    },
    maxDeletes: {
      type: "integer",
      minimum: 0,
      default: usualPolicy.maxDeletes,
      description: "kuma-sync refuses a plan that deletes more objects.",
      examples: [10],
    },
    maxDeletePercent: {
      ...percent,
      default: usualPolicy.maxDeletePercent,
      description: "With ten or more managed objects, kuma-sync refuses a plan that deletes more of them.",
      examples: [50],
    },
    maxUpdatePercent: {
      ...percent,
      default: usualPolicy.maxUpdatePercent,
      description: "With ten or more managed objects, kuma-sync refuses a plan that changes more of them.",
      examples: [100],
    },
    findings: findingsSchema,
  },
  additionalProperties: false,
} as const satisfies JsonSchema;

/** @internal: also read by what generates the published schema and the reference. */
export const limitsSchema = {
  type: "object",
  properties: {
    completionsPerDay: {
      type: "integer",
      minimum: 0,
      description: "kuma-sync refuses a plan with which all monitors together would request more completions a day.",
      examples: [500],
    },
  },
  additionalProperties: false,
} as const satisfies JsonSchema;

/** `levels` is `policy.findings`. */
export function readPolicy(
  { policy, limits }: Pick<Envelope, "policy" | "limits">,
  options: FieldsOptions,
): { readonly policy: Policy; readonly levels: Silencing["levels"] } {
  const rules = readFields(
    { places: policy, pointer: "/policy", subject: "the policy", schema: policySchema, isShown: true },
    options,
  );
  const most = readFields(
    { places: limits, pointer: "/limits", subject: "the limits", schema: limitsSchema, isShown: true },
    options,
  );
  // The remaining values are valid by the schemas.
  const { findings, ...fields } = rules.fields;
  const levels = Object.entries((findings ?? {}) as Readonly<Record<FindingCode, FindingLevel>>).map(
    ([code, level]) => {
      const at = spanOf(placeBelow(policy.get("findings") as YamlPlace, [code]), "key");
      return [code as FindingCode, { level, at }] as const;
    },
  );
  return {
    policy: { ...usualPolicy, ...(fields as Partial<Policy>), ...(most.fields as Partial<Policy>) },
    levels: new Map(levels),
  };
}
