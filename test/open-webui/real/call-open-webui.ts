import { parseJson, type Json } from "../../../src/model/json.ts";

export interface Answered {
  readonly status: number;
  /** Without its parameters: `application/json`. */
  readonly contentType: string;
  /** JSON, or the text if it is none. */
  readonly body: Json;
  readonly headers: Headers;
}

/** Sends one request, such as `GET /api/models`, with a key or session token if there is one. */
export async function callOpenWebUI(
  url: string,
  request: string,
  { token, body }: { readonly token?: string | undefined; readonly body?: Json | undefined } = {},
): Promise<Answered> {
  const [method = "GET", path = "/"] = request.split(" ");
  const headers: Record<string, string> = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const response = await fetch(url + path, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const contentType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  return { status: response.status, contentType, body: parseJson(text) ?? text, headers: response.headers };
}
