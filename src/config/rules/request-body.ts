import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, isWithheld } from "../entity-finding.ts";
import { jsonProblem } from "../source/json-problem.ts";
import type { Rule } from "./rule.ts";

/**
 * A body that is sent as JSON is JSON: the server parses it before every request
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export const requestBody: Rule = {
  name: "request-body",
  check: ({ entities }) => entities.flatMap(checkBody),
};

function checkBody(entity: WrittenEntity): readonly Finding[] {
  const { body, httpBodyEncoding = "json" } = entity.written;
  if (isWithheld(entity, "/httpBodyEncoding")) return [];
  if (typeof body !== "string" || body.trim() === "" || httpBodyEncoding !== "json") return [];
  const problem = jsonProblem(body);
  if (problem === undefined) return checkSent(entity, body);
  const range = [problem.start, problem.end] as const;
  if (problem.isComment) {
    return [
      findingFor(entity, {
        code: "KS1402",
        severity: "error",
        message: "JSON has no comments: this body is never sent and the monitor is always down",
        hint: "remove the comment, or write the body as YAML, which has comments",
        why:
          'Uptime Kuma parses the body before each request and stops with "Your JSON body is invalid"; ' +
          "the example in Open WebUI's documentation has # comments in it and never worked",
        pointer: "/body",
        range,
      }),
    ];
  }
  return [
    findingFor(entity, {
      code: "KS1401",
      severity: "error",
      message: `body is not JSON: ${problem.message}`,
      hint: "write the body as a YAML mapping, or set httpBodyEncoding to form or xml",
      pointer: "/body",
      range,
    }),
  ];
}

/** The server tests the parsed body with `if (body)`. */
function checkSent(entity: WrittenEntity, body: string): readonly Finding[] {
  if (JSON.parse(body)) return [];
  const message = "a body of 0, false, null or an empty text is not sent";
  return [findingFor(entity, { code: "KS1406", severity: "warning", message, pointer: "/body" })];
}
