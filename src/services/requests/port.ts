/** The connection to an Open WebUI: takes one request, returns one reply. Only `fetch-port.ts` uses the network. */
import type { Json } from "../../model/json.ts";

export interface ServiceRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Json;
}

export interface ServiceReply {
  readonly status: number;
  readonly contentType: string;
  /** Target of a redirect. */
  readonly location?: string | undefined;
  /** The header `Retry-After`. */
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/** Does not follow redirects. Rejects if nothing answered; `code` of the error or of its cause is Node's. */
export type ServicePort = (request: ServiceRequest) => Promise<ServiceReply>;
