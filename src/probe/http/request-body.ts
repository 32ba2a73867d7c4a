import { parseOwnJson } from "./parse-own-json.ts";
import type { HttpMonitor } from "./http-monitor.ts";

/** What axios gets. It writes values other than text as JSON. */
export interface RequestBody {
  readonly data: unknown;
  readonly contentType: string;
}

/**
 * The body and its content type; undefined when none is sent. Throws the server's message for a body that is not JSON.
 * `isFormKnown`: releases before 2.0 silently drop form bodies
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
