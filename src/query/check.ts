/** Input and output of one judgement by a server's rules. */
import type { Json } from "../model/json.ts";

/** A query and its comparison, as in the server's row. Null stands for NULL in the database. */
export interface QueryRule {
  readonly query: string | null;
  /** Servers without operators (1.23) ignore it. */
  readonly operator: string | null;
  readonly expected: string | null;
  /** The type of the monitor. MQTT and MongoDB monitors have no operators. Default: `json-query`. */
  readonly askedBy?: AskingType;
}

export type AskingType = "json-query" | "mqtt" | "mongodb";

/** An HTTP response whose status code the monitor accepts. */
export interface ResponseBody {
  /** The text of the body before any decoding. */
  readonly body: string;
  /** The Content-Type header; `""` means no header. Default: `application/json`. */
  readonly contentType?: string;
  /** As in the messages of Uptime Kuma 1.23. Default: `200 - OK`. */
  readonly statusLine?: string;
}

export interface Check extends QueryRule, ResponseBody {
  /** The Uptime Kuma version whose rules apply, such as `2.5.3`. */
  readonly server: string;
  /**
   * Milliseconds since 1970. `$now` and `$millis` return this time, and `$random` and `$shuffle` repeat their values.
   * Default: the real clock and real chance.
   */
  readonly clock?: number;
  /** Whether the verdict includes the query's value. Default: no, because values can be large. */
  readonly wantsValue?: boolean;
}

/** A check with the rules instead of the server's version, as the evaluation process gets it. */
export type RuledCheck = Omit<Check, "server">;

export type ResultType = "string" | "number" | "boolean" | "null" | "array" | "object" | "function" | "undefined";

/** The first heartbeat, before retries and before upside down. */
export interface Verdict {
  readonly status: "up" | "down";
  /** In the server's words. */
  readonly message: string;
  /** `mismatch`: down because of the value. `error`: down because there was no value to compare. */
  readonly cause: "match" | "mismatch" | "error";
  /** Type of the query's result; undefined if the evaluation failed. */
  readonly resultType?: ResultType;
  /** Only with `wantsValue`, and only if it is JSON of at most 20,000 characters. */
  readonly value?: Json;
}

/** The query was stopped. On a server it would block or end all monitoring. */
export interface StoppedQuery {
  readonly status: "killed";
  /** `crash`: the evaluation process ended without saying why. `left-out`: not evaluated, because others were stopped. */
  readonly reason: "time" | "memory" | "crash" | "left-out";
  readonly message: string;
}

export type Judgement = Verdict | StoppedQuery;

/**
 * How a monitor shows a judgement. Upside down turns every failure into up, even errors
 * (docs/upstream/jsonata.md#time-and-size).
 */
export function shownStatus(judgement: Judgement, isUpsideDown: boolean): "up" | "down" | "killed" {
  if (judgement.status === "killed" || !isUpsideDown) return judgement.status;
  return judgement.status === "up" ? "down" : "up";
}
