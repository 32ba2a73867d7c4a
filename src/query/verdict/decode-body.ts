import type { ResponseBody } from "../check.ts";
import type { SecondDecode } from "../server-rules.ts";

/** The input of the query. Throws the JSON parser's error where the server does. */
export function decodeBody(response: ResponseBody, secondDecode: SecondDecode): unknown {
  const data = decodeAsAxios(response.body);
  switch (secondDecode) {
    case "required":
      return typeof data === "string" ? (JSON.parse(data) as unknown) : data;
    case "unless-json-header":
      if (typeof data !== "string" || (response.contentType ?? "application/json") === "application/json") return data;
      return parseOr(data, data);
    case "always":
      // Arrays are converted to text first: `[5]` becomes 5, and `["{}"]` an object (Uptime Kuma 2.x
      // `evaluateJsonQuery`).
      return parseOr(String(data), data);
    default:
      return secondDecode satisfies never;
  }
}

/** Without its byte order mark, and parsed if it is JSON, whatever the content type is. */
function decodeAsAxios(body: string): unknown {
  const text = body.startsWith("\uFEFF") ? body.slice(1) : body;
  return parseOr(text, text);
}

/** Keyword monitors search the text of axios's result, in which JSON is written again without white space. */
export function keywordText(body: string): string {
  const data = decodeAsAxios(body);
  return typeof data === "string" ? data : JSON.stringify(data);
}

function parseOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}
