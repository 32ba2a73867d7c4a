/**
 * Everything that a command may know about its process. Created once and passed on: nothing else reads `process`, and
 * tests can pass a context of their own.
 */
import type { Signal } from "../model/exit-code.ts";
import type { Redactor } from "../secrets/redactor.ts";

export interface TextStream {
  readonly isTty: boolean;
  /** Undefined if it is not a terminal. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** One line of progress at the end of stderr. The next output on either stream erases it. */
export interface StatusLine {
  /** Replaces the previous line. `line` has no line break and fits the width of the terminal. */
  show(line: string): void;
  clear(): void;
}

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** For example `v20.19.0`; `platform` is like `linux x64`. */
  readonly nodeVersion: string;
  readonly platform: string;
  /** How this process introduces itself to other runs. */
  readonly machine: { readonly host: string; readonly pid: number; readonly user: string };
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** At the end of stderr. Output on `stdout` or `stderr` erases it. */
  readonly statusLine: StatusLine;
  readonly stdin: {
    readonly isTty: boolean;
    /** The whole text. May be called once. */
    readText(): Promise<string>;
  };
  /** Asks on the terminal, through stderr. Resolves with "" at the end of input, and rejects if interrupted. */
  ask(question: string, options?: { readonly isSecret: boolean }): Promise<string>;
  /**
   * Aborted by the first SIGINT or SIGTERM, with an InterruptedError as its reason. The second signal ends the process.
   */
  readonly signal: AbortSignal;
  /**
   * For work that a signal must not interrupt, such as writes to a server. Without such work, the process ends shortly
   * after the first signal, whatever is still running.
   */
  readonly whileWriting: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /**
   * For work that blocks this thread and needs no cleanup, such as reading files: a signal then ends the process at
   * once, because a blocked thread could not react to it. Rejects with the reason of `signal` if it is already aborted.
   */
  readonly whileBusy: <Value>(work: () => Value | Promise<Value>) => Promise<Value>;
  /** Which signal arrived, once `signal` is aborted. */
  interruptedBy(): Signal;
  /** Knows the secrets of this run; all output goes through it. */
  readonly redactor: Redactor;
  /** Milliseconds; never goes back. */
  now(): number;
  /** Resolves after `ms` milliseconds of `now()`. Rejects with the signal's reason if it is aborted before. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}
