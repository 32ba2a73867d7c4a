import type { DeclaredEntity } from "../config.ts";
import { isWithheld, type EntityFinding } from "../entity-finding.ts";
import { jsonProblem } from "../source/json-problem.ts";
import type { EntityRule } from "./rule.ts";

/**
 * A body that is sent as JSON must be valid JSON: the server parses it before every request
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export const requestBody: EntityRule = {
  name: "request-body",
  checkEach: checkBody,
};

function checkBody(entity: DeclaredEntity): readonly EntityFinding[] {
  const { body, httpBodyEncoding = "json" } = entity.written;
  if (isWithheld(entity, "/httpBodyEncoding")) return [];
  if (typeof body !== "string" || body.trim() === "" || httpBodyEncoding !== "json") return [];
  const problem = jsonProblem(body);
  if (problem === undefined) return checkSent(body);
  const range = [problem.start, problem.end] as const;
  if (problem.isComment) {
    return [
      {
        code: "KS1402",
        severity: "error",
        message: "JSON has no comments: this body is never sent and the monitor is always down",
        hint: "remove the comment, or write the body as YAML, which has comments",
        why:
          'Uptime Kuma parses the body before each request and stops with "Your JSON body is invalid"; ' +
          "the example in Open WebUI's documentation has # comments in it and never worked",
        pointer: "/body",
        range,
      },
    ];
  }
  return [
    {
      code: "KS1401",
      severity: "error",
      message: `body is not JSON: ${problem.message}`,
      hint: "write the body as a YAML mapping, or set httpBodyEncoding to form or xml",
      pointer: "/body",
      range,
    },
  ];
}

/** The server tests the parsed body with `if (body)`. */
function checkSent(body: string): readonly EntityFinding[] {
  if (JSON.parse(body)) return [];
  const message = "a body of 0, false, null or an empty text is not sent";
  return [{ code: "KS1406", severity: "warning", message, pointer: "/body" }];
}
