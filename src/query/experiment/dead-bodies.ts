import type { ExperimentCase, Sample } from "./experiment-case.ts";

/**
 * What a broken service, or something in front of it, answers with status 200 (docs/upstream/jsonata.md#dead-bodies).
 */
const bodies: readonly (readonly [name: string, body: string, contentType?: string])[] = [
  ["empty body", "", "text/plain"],
  [
    "HTML page",
    "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in</body></html>",
    "text/html",
  ],
  ["plain text error", "Internal Server Error", "text/plain"],
  ["JSON null", "null"],
  ["empty object", "{}"],
  ["empty list", "[]"],
  ["empty JSON text", '""'],
  ["JSON false", "false"],
  ["JSON 0", "0"],
  ["error text", '{"error":"upstream unavailable"}'],
  ["error object", '{"error":{"message":"upstream unavailable","type":"server_error","code":503}}'],
  ["detail", '{"detail":"Not authenticated"}'],
  ["message and code", '{"message":"Service Unavailable","code":503}'],
  ["status error", '{"status":"error"}'],
  ["success false", '{"success":false}'],
  ["list of errors", '{"errors":[{"message":"upstream unavailable"}]}'],
];

/** Without these the monitor cannot be said to watch anything: every proxy can give them. */
export const decisiveDeadBodies: readonly string[] = ["empty body", "HTML page", "JSON null"];

export const deadBodies: readonly ExperimentCase[] = bodies.map(([name, body, contentType]) => ({
  group: "dead",
  name,
  body,
  status: 200,
  ...(contentType !== undefined && { contentType }),
}));

/** The sample as a connection that broke leaves it. */
export function cutBodies(sample: Sample): readonly ExperimentCase[] {
  const cut = [
    ["sample cut in the middle", sample.body.slice(0, Math.floor(sample.body.length / 2))],
    ["sample without its last character", sample.body.trimEnd().slice(0, -1)],
  ] as const;
  return cut.map(([name, body]) => ({ ...sample, group: "dead", name, body }));
}
