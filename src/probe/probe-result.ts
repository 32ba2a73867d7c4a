/** The result of a probe: the server's verdict on a check that ran from this machine, without secrets. */
import type { Judgement } from "../query/check.ts";

export type ProbeResult = Probed | Skipped;

export interface Probed {
  /** What the monitor shows once no retries are left, upside down applied. */
  readonly status: "up" | "down";
  /** The server's own words, which can be empty. */
  readonly message: string;
  /** Whether the check itself held, before upside down. */
  readonly isPassed: boolean;
  /**
   * What a new monitor shows first: `pending` while retries are left. `none` when the server would never get that far,
   * because the query holds up its event loop.
   */
  readonly firstHeartbeat: "up" | "down" | "pending" | "none";
  /** Milliseconds from the start to the response, as the server measures its ping. */
  readonly ms: number;
  /** Of the last response, also of one that was not accepted. */
  readonly httpStatus?: number;
  readonly body?: BodyExcerpt;
  /** How the query of a json-query monitor went. Its message and value are redacted like everything else. */
  readonly query?: Judgement;
  /** What the message does not say, one sentence each. */
  readonly notes: readonly string[];
}

/** The check cannot be run from here by the server's rules. */
export interface Skipped {
  readonly status: "skipped";
  readonly reason: string;
}

/** The beginning of a response. */
export interface BodyExcerpt {
  readonly text: string;
  /** The Content-Type header; undefined when there was none. */
  readonly contentType: string | undefined;
  /** Of the whole body, in UTF-8. */
  readonly bytes: number;
  readonly isShortened: boolean;
}
