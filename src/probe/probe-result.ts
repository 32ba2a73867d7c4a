/** The result of a probe: the server's verdict on a check that ran on this machine, without secrets. */
import type { Judgement } from "../query/check.ts";

export type ProbeResult = Probed | Skipped;

export interface Probed {
  /** What the monitor shows after all retries, with upside down applied. */
  readonly status: "up" | "down";
  /** In the server's words; may be empty. */
  readonly message: string;
  /** Whether the check passed, before upside down is applied. */
  readonly isPassed: boolean;
  /** What a new monitor shows first: `pending` while retries are left, `none` if the query would block the server. */
  readonly firstHeartbeat: "up" | "down" | "pending" | "none";
  /** Milliseconds from the start to the response, as the server measures it. */
  readonly ms: number;
  /** Status of the last response, even if it is not accepted. */
  readonly httpStatus?: number;
  readonly body?: BodyExcerpt;
  /** The judgement on the query of a json-query monitor. Its message and value are redacted. */
  readonly query?: Judgement;
  /** What the message does not tell, one sentence each. */
  readonly notes: readonly string[];
}

/** The check cannot be run here by the server's rules. */
export interface Skipped {
  readonly status: "skipped";
  readonly reason: string;
}

/** The beginning of a response. */
export interface BodyExcerpt {
  readonly text: string;
  /** The Content-Type header; undefined if there is none. */
  readonly contentType: string | undefined;
  /** Size of the whole body in UTF-8. */
  readonly bytes: number;
  readonly isShortened: boolean;
}
