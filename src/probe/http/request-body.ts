import { parseOwnJson } from "./parse-own-json.ts";
import type { HttpMonitor } from "./http-monitor.ts";

/** What is handed to axios, which writes a value that is no text as JSON. */
export interface RequestBody {
  readonly data: unknown;
  readonly contentType: string;
}

/**
 * The body and the content type that goes with it; undefined when none is sent. Throws the server's words for a body
 * that is not JSON. `isFormKnown`: before 2.0 a form body is dropped without a message
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export function requestBody(
  { body, bodyEncoding }: Pick<HttpMonitor, "body" | "bodyEncoding">,
  isFormKnown: boolean,
): RequestBody | undefined {
  if (body === null || body.trim() === "") return undefined;
  switch (bodyEncoding) {
    case "json":
      return { data: parseOwnJson(body, "Your JSON body is invalid. "), contentType: "application/json" };
    case "form":
      return isFormKnown ? { data: body, contentType: "application/x-www-form-urlencoded" } : undefined;
    case "xml":
      return { data: body, contentType: "text/xml; charset=utf-8" };
    default:
      return bodyEncoding satisfies never;
  }
}
