/** What a copy of a monitor meets when it checks. */

export interface HttpAnswer {
  readonly type: "response";
  readonly status: number;
  readonly body: string;
  /** Default: `application/json`; `""` is no header. */
  readonly contentType?: string;
  /** The status of a redirect that comes first and leads to the rest; absent: none. */
  readonly redirect?: number;
}

/** `hang-up`: the connection is accepted and closed without an answer. `closed`: nobody listens at the port. */
export type ServedAnswer = HttpAnswer | { readonly type: "hang-up" | "closed" };
