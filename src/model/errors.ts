/** Exceptions are for failures outside this program and for bugs; a mistake in the user's files is a finding. */
import type { Finding } from "./finding.ts";

/** What failed between kuma-sync and the server. Decides the exit code and the message. */
export type KumaErrorCode =
  | "unreachable" // nothing answers at the address
  | "not-uptime-kuma" // something answers, but not Uptime Kuma's socket
  | "not-set-up" // no administrator yet, or the database step is open
  | "tls" // the certificate was not accepted
  | "wrong-password"
  | "two-factor-needed"
  | "two-factor-wrong"
  | "token-invalid"
  | "too-frequent" // the server's login limiter: 20 a minute for everybody
  | "api-key" // an API key was given, which can only read /metrics
  | "no-credentials"
  | "host-not-allowed" // credentials would go to a host that the operator did not name
  | "stalled" // a phase (connect, login, lists) or a call took longer than its limit
  | "disconnected" // the socket went away
  | "rejected" // the server answered ok:false
  | "ownerless" // the server refuses an object that lost its owner in an upgrade to 3.x
  | "incompatible" // older than the oldest supported release, or a protocol that is gone
  | "incomplete"; // a list that the plan needs never arrived

export class KumaError extends Error {
  override readonly name = "KumaError";
  readonly code: KumaErrorCode;
  /** What to try, one sentence. */
  readonly hint: string | undefined;

  constructor(code: KumaErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  /** Whether the server may have carried out the write although its answer is missing. */
  get isMaybeApplied(): boolean {
    return this.code === "stalled" || this.code === "disconnected";
  }
}

/** An error that may say what to try, in one sentence. */
class ErrorWithHint extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** A wrong flag or argument. */
export class UsageError extends ErrorWithHint {
  override readonly name = "UsageError";
}

/** A run that is not allowed here. Nothing was written. */
export class RefusedError extends ErrorWithHint {
  override readonly name = "RefusedError";
}

/** Something on this machine failed: a program that would not start, a port that is taken. */
export class MachineError extends Error {
  override readonly name = "MachineError";
  /** What to try, one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}

/** The configuration has errors; has all of them. */
export class InvalidConfigError extends Error {
  override readonly name = "InvalidConfigError";
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super("the configuration is not valid");
    this.findings = findings;
  }
}

/** A bug of kuma-sync. The message asks for an issue. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** The first SIGINT or SIGTERM. Everything that is waiting rejects with it. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** What every format shows about an error. */
export interface ErrorFacts {
  readonly kind: "usage" | "refused" | "server" | "config" | "system" | "interrupted" | "bug";
  /** The error of the server or the system, as a stable word. */
  readonly code?: string;
  readonly message: string;
  readonly hint?: string;
}
