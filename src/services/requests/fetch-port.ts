/** The port, implemented with Node's own `fetch`. */
import type { ServicePort } from "./port.ts";

/** Bytes; more than any model list has. Longer responses are cut off. */
const maxBody = 8 * 1024 * 1024;

/** `timeoutMs` applies to each request; `signal` aborts all of them. */
export function fetchPort(options: { readonly timeoutMs: number; readonly signal?: AbortSignal }): ServicePort {
  return async ({ method, url, headers, body }) => {
    const limits = [AbortSignal.timeout(options.timeoutMs), ...(options.signal === undefined ? [] : [options.signal])];
    const response = await fetch(url, {
      method,
      redirect: "manual",
      signal: AbortSignal.any(limits),
      headers: {
        accept: "application/json",
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      location: response.headers.get("location") ?? undefined,
      retryAfter: response.headers.get("retry-after") ?? undefined,
      body: await textOf(response),
    };
  };
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > maxBody) break;
  }
  return text;
}
