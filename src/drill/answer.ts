/** What a copy of a monitor meets when it checks. */
import type { DnsError } from "./dns-message.ts";

export interface HttpAnswer {
  readonly type: "response";
  readonly status: number;
  readonly body: string;
  /** Default: `application/json`; `""` is no header. */
  readonly contentType?: string;
  /** The status of a redirect that comes first and leads to the rest; absent: none. */
  readonly redirect?: number;
}

/** A copy that asks for a name; `HttpAnswer` stands for a record. */
export interface DnsAnswer {
  readonly type: "dns-error";
  readonly error: DnsError;
}

/** `hang-up`: the connection is accepted and closed without an answer. `closed`: nobody listens at the port. */
export type ServedAnswer = HttpAnswer | DnsAnswer | { readonly type: "hang-up" | "closed" };
