/**
 * `sample:` and `tests:` of a monitor: responses and what it should make of them. They stay here: the server never sees
 * them, and no plan compares them.
 */
import type { JsonSchema } from "../kinds/field.ts";
import type { Variant } from "../kinds/kind.ts";
import type { JsonPointer } from "../model/json.ts";

export interface MonitorTests {
  /** The body of a healthy response. */
  readonly sample?: string;
  readonly tests: readonly MonitorTest[];
}

export interface MonitorTest {
  readonly name: string;
  /** The text of the response's body. */
  readonly body: string;
  /** What the monitor shows, upside down applied. */
  readonly expect: "up" | "down";
  /** The only Uptime Kuma version that it is for. */
  readonly server?: string;
  /** Relative to the entity: `/tests/0`. */
  readonly pointer: JsonPointer;
}

const source = {
  file: {
    type: "string",
    minLength: 1,
    description: "A file with the response's body, relative to this one.",
    examples: ["samples/models.json"],
  },
  body: {
    type: ["string", "object", "array", "number", "boolean", "null"],
    description: "The response's body: a text as it is, anything else as JSON.",
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

const schemas = {
  sample: {
    title: "Sample",
    description: "A healthy response. `kuma-sync test` breaks it in a hundred ways; the server never sees it.",
    type: "object",
    properties: source,
    additionalProperties: false,
    examples: [{ file: "samples/models.json" }],
  },
  tests: {
    title: "Tests",
    description: "Responses and what the monitor should show for each, run by `kuma-sync test`.",
    type: "array",
    items: {
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, description: "What the response stands for." },
        ...source,
        expect: { enum: ["up", "down"], description: "What the monitor should show.", examples: ["down"] },
        server: {
          type: "string",
          pattern: String.raw`^\d+\.\d+\.\d+(-[\w.]+)?$`,
          description: "The Uptime Kuma version that judges, where it is not that of the run.",
          examples: ["2.5.3"],
        },
      },
      required: ["expect"],
      additionalProperties: false,
    },
    examples: [[{ name: "no models", body: { data: [] }, expect: "down" }]],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

const noSchemas: Readonly<Record<string, JsonSchema>> = {};

/** The keys that are no fields, by name; none for types whose verdict does not depend on a body. */
export function testSchemas({ type, isOpen }: Variant): Readonly<Record<string, JsonSchema>> {
  return !isOpen && (type === "json-query" || type === "keyword") ? schemas : noSchemas;
}
