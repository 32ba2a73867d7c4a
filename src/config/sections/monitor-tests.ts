/**
 * `sample:` and `tests:` of a monitor: responses, and what the monitor should show for them. They are neither sent to
 * the server nor compared by a plan.
 */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Variant } from "../../kinds/kind.ts";
import type { JsonPointer } from "../../model/json.ts";

export interface MonitorTests {
  /** A healthy response. */
  readonly sample?: HealthySample;
  /** For the sample, as in `MonitorTest`. */
  readonly isFromFile?: true;
  readonly tests: readonly MonitorTest[];
}

/** A response: the body and, over HTTP, its status, headers and address. */
export interface TestedResponse {
  /** The text of the body. */
  readonly body: string;
  /** The status code. Absent: one that the monitor accepts. */
  readonly status?: number;
  /** The Content-Type header. Absent: `application/json`. */
  readonly contentType?: string;
  /** Where the last redirect led, in full or relative to the monitor's URL. Absent: there was no redirect. */
  readonly url?: string;
}

export interface HealthySample extends TestedResponse {
  /** When the response was healthy, in milliseconds since 1970. Absent: now. */
  readonly at?: number;
}

export interface MonitorTest extends TestedResponse {
  readonly name: string;
  /** The body is in a separate file, so reports do not print it in full. */
  readonly isFromFile: boolean;
  /** What the monitor should show, with upside down applied. */
  readonly expect: "up" | "down";
  /** Time at which it is judged, in milliseconds since 1970. Absent: the time of the sample. */
  readonly at?: number;
  /** The only Uptime Kuma version that the test applies to. */
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
  at: {
    type: "string",
    pattern: String.raw`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$`,
    description:
      "The time of the response, for a query that uses the clock: the value of `$now()` and `$millis()`. Without it, a sample is evaluated at the current time, and a test at the time of the sample.",
    examples: ["2026-11-01T10:00:40Z"],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

const beside = {
  status: {
    type: "integer",
    minimum: 100,
    maximum: 599,
    description: "The status code, judged by `acceptedStatusCodes`. Without it, one that the monitor accepts.",
    examples: [503],
  },
  headers: {
    type: "object",
    additionalProperties: { type: "string" },
    description: "Headers of the response. Only Content-Type decides anything; default: `application/json`.",
    examples: [{ "Content-Type": "text/html" }],
  },
  url: {
    type: "string",
    minLength: 1,
    description:
      "Where a redirect led, in full or relative to the monitor's `url`. A monitor with `maxRedirects: 0` does not get there.",
    examples: ["/login"],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

interface TestSchemas {
  readonly sample: JsonSchema;
  readonly tests: JsonSchema;
}

const schemasOf = (response: Readonly<Record<string, JsonSchema>>): TestSchemas => ({
  sample: {
    title: "Sample",
    description: "A healthy response. `kuma-sync test` breaks it in a hundred ways; the server never sees it.",
    type: "object",
    properties: response,
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
        ...response,
        expect: { enum: ["up", "down"], description: "What the monitor should show.", examples: ["down"] },
        server: {
          type: "string",
          pattern: String.raw`^\d+\.\d+\.\d+(-[\w.]+)?$`,
          description: "The Uptime Kuma version that evaluates the test, if it differs from the version of the run.",
          examples: ["2.5.3"],
        },
      },
      required: ["expect"],
      additionalProperties: false,
    },
    examples: [[{ name: "no models", body: { data: [] }, expect: "down" }]],
  },
});

const messageSchemas = schemasOf(source);
const httpSchemas = schemasOf({ ...source, ...beside });

/** An http monitor checks only the status and the address, not the body. */
const judgedOverHttp: ReadonlySet<string> = new Set(["http", "json-query", "keyword"]);
/** Types whose verdict depends on a message or on the result of a database command. */
const judgedByMessage: ReadonlySet<string> = new Set(["mqtt", "mongodb"]);

const noSchemas: Readonly<Record<string, JsonSchema>> = {};

/** The keys for tests, by name; empty for types whose verdict does not depend on a response. */
export function testSchemas({ type, isOpen }: Variant): Readonly<Record<string, JsonSchema>> {
  if (isOpen || type === undefined) return noSchemas;
  if (judgedOverHttp.has(type)) return { ...httpSchemas };
  return judgedByMessage.has(type) ? { ...messageSchemas } : noSchemas;
}
