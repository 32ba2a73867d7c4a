/**
 * Everything a command may know of the process it runs in. Made once and passed down: nothing else reads `process`, and
 * a test can pass a process of its own.
 */
import type { Signal } from "../model/exit-code.ts";
import type { Redactor } from "../secrets/redactor.ts";

export interface TextStream {
  readonly isTty: boolean;
  /** Undefined when it is not a terminal. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** One line of progress at the end of stderr. The next write, to either stream, erases it first. */
export interface StatusLine {
  /** Takes the place of the line before. `line` has no line break and fits the width of the terminal. */
  show(line: string): void;
  clear(): void;
}

export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** For example `v20.19.0` and `linux x64`. */
  readonly nodeVersion: string;
  readonly platform: string;
  /** How this process names itself to other runs. */
  readonly machine: { readonly host: string; readonly pid: number; readonly user: string };
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** At the end of stderr. Whatever is written to `stdout` or `stderr` erases it first. */
  readonly statusLine: StatusLine;
  readonly stdin: {
    readonly isTty: boolean;
    /** All of it; may be called once. */
    readText(): Promise<string>;
  };
  /** Asks on the terminal, through stderr. Resolves with "" at the end of input, and rejects when interrupted. */
  ask(question: string, options?: { readonly isSecret: boolean }): Promise<string>;
  /** Aborted by the first SIGINT or SIGTERM with an InterruptedError as reason; the second ends the process. */
  readonly signal: AbortSignal;
  /**
   * For work that a signal must not cut off, such as writes to a server: with none under way the process ends a moment
   * after the first signal, whatever still runs.
   */
  readonly whileWriting: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /**
   * For work that holds up this thread and leaves nothing to be put in order, such as reading files: a signal ends the
   * process at once, where it could not be heard otherwise. Rejects with the reason of `signal` when that came before.
   */
  readonly whileBusy: <Value>(work: () => Value | Promise<Value>) => Promise<Value>;
  /** Which signal it was, once `signal` is aborted. */
  interruptedBy(): Signal;
  /** Knows the secrets of this run; everything that is written goes through it. */
  readonly redactor: Redactor;
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves after `ms` milliseconds of `now()`. Rejects with the signal's reason when that is aborted first. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}
