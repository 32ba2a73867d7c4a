/**
 * Conditions on the result of a check (uptime-kuma server/monitor-conditions), for the types that have variables for
 * them.
 */
import { conditions } from "../codecs/conditions.ts";
import type { Field, JsonSchema } from "../field.ts";
import type { Release } from "../../model/release.ts";

export const textOperators = [
  "equals",
  "not_equals",
  "contains",
  "not_contains",
  "starts_with",
  "not_starts_with",
  "ends_with",
  "not_ends_with",
];
export const numberOperators = ["num_equals", "num_not_equals", "lt", "gt", "lte", "gte"];

/** The server allows groups inside groups without a limit; nobody reads deeper ones. */
const deepestGroup = 3;

interface ConditionsOf {
  /** The variables that conditions can compare; the example uses the first one. */
  readonly variables: readonly [string, ...string[]];
  readonly operators: readonly string[];
  readonly description: string;
  readonly since: Release;
}

export function conditionsField(about: ConditionsOf): Field {
  return {
    codec: conditions,
    since: about.since,
    schema: {
      title: "Conditions",
      description:
        `${about.description} A list of \`variable\`, \`operator\` and \`value\`, or of \`children\` that form a group; ` +
        "`andOr` says how each is joined to the one before it.",
      type: "array",
      items: nodeSchema(about, deepestGroup),
      default: [],
      examples: [
        [
          { variable: about.variables[0], operator: "contains", value: "10.0.0.1" },
          { andOr: "or", variable: about.variables[0], operator: "equals", value: "10.0.0.2" },
        ],
      ],
    },
  };
}

/** An expression or a group. It is one shape and not two alternatives, so that a mistake is reported at its place. */
function nodeSchema(about: ConditionsOf, depth: number): JsonSchema {
  const properties: JsonSchema = {
    variable: { type: "string", enum: about.variables },
    operator: { type: "string", enum: about.operators },
    value: { type: ["string", "number", "boolean"], description: "Compared as text, but for the number operators." },
    andOr: { type: "string", enum: ["and", "or"], default: "and" },
    ...(depth === 0 ? {} : { children: { type: "array", minItems: 1, items: nodeSchema(about, depth - 1) } }),
  };
  return {
    type: "object",
    properties,
    additionalProperties: false,
    oneOf: [needs("variable"), ...(depth === 0 ? [] : [needs("children")])],
    dependentRequired: {
      variable: ["operator", "value"],
      operator: ["variable"],
      value: ["variable"],
    },
    examples: [{ variable: about.variables[0], operator: "contains", value: "10.0.0.1" }],
  };
}

function needs(name: string): JsonSchema {
  return { properties: { [name]: true }, required: [name] };
}
