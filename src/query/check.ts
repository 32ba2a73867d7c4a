/** One judgement by a server's rules: what goes in, what comes out. */
import type { Json } from "../model/json.ts";

/** A query and its comparison, as the server's row holds them; null is the database's NULL. */
export interface QueryRule {
  readonly query: string | null;
  /** Ignored by servers without operators (1.23). */
  readonly operator: string | null;
  readonly expected: string | null;
  /** The type of monitor that asks. Those of MQTT and MongoDB know no operators. Default: `json-query`. */
  readonly askedBy?: AskingType;
}

export type AskingType = "json-query" | "mqtt" | "mongodb";

/** An HTTP response whose status code the monitor accepts. */
export interface ResponseBody {
  /** The body's text before any decoding. */
  readonly body: string;
  /** The Content-Type header; `""` is no header. Default: `application/json`. */
  readonly contentType?: string;
  /** As Uptime Kuma writes it into 1.23's messages. Default: `200 - OK`. */
  readonly statusLine?: string;
}

export interface Check extends QueryRule, ResponseBody {
  /** The Uptime Kuma version that judges, for example `2.5.3`. */
  readonly server: string;
  /**
   * Milliseconds since 1970 at which `$now`, `$millis` stand still; `$random` and `$shuffle` then repeat. Default: not
   * frozen.
   */
  readonly clock?: number;
  /** Whether the verdict carries the query's value. Default: no, because values can be large. */
  readonly wantsValue?: boolean;
}

/** A check without its server, for the evaluation process: that is given the rules themselves. */
export type RuledCheck = Omit<Check, "server">;

export type ResultType = "string" | "number" | "boolean" | "null" | "array" | "object" | "function" | "undefined";

/** The first heartbeat, before retries and before upside down. */
export interface Verdict {
  readonly status: "up" | "down";
  /** The server's own words. */
  readonly message: string;
  /** `mismatch` is down because of the value, `error` because there was none to compare. */
  readonly cause: "match" | "mismatch" | "error";
  /** Of the query's result; undefined when evaluation failed. */
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
 * How a monitor shows a judgement: upside down turns every failure into up, errors included
 * (docs/upstream/jsonata.md#time-and-size).
 */
export function shownStatus(judgement: Judgement, isUpsideDown: boolean): "up" | "down" | "killed" {
  if (judgement.status === "killed" || !isUpsideDown) return judgement.status;
  return judgement.status === "up" ? "down" : "up";
}
