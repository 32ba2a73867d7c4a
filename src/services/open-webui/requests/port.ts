/** The way to an Open WebUI: one request in, one reply out. Everything in this folder but `fetch-port.ts` is pure over it. */
import type { Json } from "../../../model/json.ts";

export interface OpenWebUIRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Json;
}

export interface OpenWebUIReply {
  readonly status: number;
  readonly contentType: string;
  /** Of a redirect. */
  readonly location?: string | undefined;
  readonly body: string;
}

/** Follows no redirect. Rejects when nothing answered; `code` of the error, or of its cause, is Node's. */
export type OpenWebUIPort = (request: OpenWebUIRequest) => Promise<OpenWebUIReply>;
