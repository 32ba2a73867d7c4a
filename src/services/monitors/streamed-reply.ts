/** A reply in pieces, which no query can read. */
import type { ServiceProblem } from "../problem.ts";
import type { AskedRequest } from "./asked-request.ts";
import { placeOf } from "./place-of.ts";

/** `streams`: what the service does with a body that says nothing. Pointers are relative to the monitor. */
export function streamedReply(request: AskedRequest, streams: "unless-false" | "if-true"): readonly ServiceProblem[] {
  const { body, method, type } = request;
  if (method !== "POST" || body === undefined || type === "http") return [];
  const { stream } = body;
  const isStreamed = streams === "unless-false" ? stream !== false : stream === true;
  if (!isStreamed) return [];
  const isQuery = type === "json-query";
  return [
    {
      code: "KS1802",
      severity: isQuery ? "error" : "warning",
      message: isQuery
        ? "the reply comes in pieces, which no query can read"
        : "the reply comes in pieces, so a word may be split and not be found",
      pointer: placeOf(request, "body", "stream"),
      hint: "write stream: false in the body",
    },
  ];
}
