/**
 * One run of a check, before upside down, retries and redaction are applied. It may hold secrets, so it does not leave
 * `probe/`.
 */
import type { Judgement } from "../query/check.ts";
import type { HttpResponse } from "./http/response.ts";

export interface CheckResult {
  readonly isPassed: boolean;
  /** In the server's words. */
  readonly message: string;
  /** Milliseconds. */
  readonly ms: number;
  /** What went wrong, if the server's message does not say it. */
  readonly hiddenCause?: string;
  readonly response?: HttpResponse;
  readonly query?: Judgement;
}

/** The message of a thrown value. On the server it becomes the heartbeat's message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * If Node tried several addresses, its error has no message; only the errors in it have one (Node's `AggregateError`).
 */
export function causeBehind(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errors = [], code } = error as { readonly errors?: readonly unknown[]; readonly code?: unknown };
  const deeper = causeBehind(error.cause);
  if (deeper !== undefined || error.message !== "") return deeper;
  const told = [...errors.map(messageOf), typeof code === "string" ? code : ""].filter((text) => text !== "");
  return told.length === 0 ? undefined : told.join(", ");
}
