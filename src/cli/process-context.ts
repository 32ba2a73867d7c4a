/** Creates the context of a real process. Only cli.ts uses `process` besides, to pass it in. */
import { hostname, userInfo } from "node:os";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as timeOut } from "node:timers/promises";
import { isatty, type WriteStream } from "node:tty";
import type { Signal } from "../model/exit-code.ts";
import { inert } from "../output/inert.ts";
import { createRedactor } from "../secrets/redactor.ts";
import type { Context, TextStream } from "../run/context.ts";
import { watchSignals } from "../run/signals.ts";
import { withStatusLine } from "../run/status-line.ts";

const stdinDescriptor = 0;

export interface ProcessOptions {
  /** Called some time after a signal, if the run has not ended. Ends the process. */
  readonly onOverdue: () => void;
  /** Standard output failed, for example because the disk is full. Work in progress continues. */
  readonly onLostOutput: (error: Error) => void;
}

export interface ProcessContext {
  readonly context: Context;
  /** Call it when the run is over. */
  readonly letGo: () => void;
}

export function createProcessContext(
  owner: NodeJS.Process,
  { onOverdue, onLostOutput }: ProcessOptions,
): ProcessContext {
  const { interrupt, letGo, ...signals } = watchSignals(owner, onOverdue);
  const { signal } = signals;
  const streams = withStatusLine({
    stdout: textStream(owner.stdout, onLostOutput),
    // There is no stream left to report the error on.
    stderr: textStream(owner.stderr, () => undefined),
  });
  const context: Context = {
    ...signals,
    ...streams,
    env: owner.env,
    cwd: owner.cwd(),
    nodeVersion: owner.version,
    platform: `${owner.platform} ${owner.arch}`,
    get machine() {
      return { host: hostname(), pid: owner.pid, user: userName() };
    },
    stdin: {
      get isTty() {
        // Node opens the stream when it is first asked for it.
        return isatty(stdinDescriptor);
      },
      readText: () => text(owner.stdin),
    },
    ask: (question, { isSecret } = { isSecret: false }) => {
      streams.statusLine.clear();
      return ask(owner, { question, isSecret, signal, interrupt });
    },
    redactor: createRedactor(inert),
    // Node reads its whole module for measuring when a run first asks for `performance`.
    now: () => Number(owner.hrtime.bigint()) / 1e6,
    wait,
  };
  return { context, letGo };
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await timeOut(ms, undefined, { signal });
  } catch (error) {
    // Node rejects with its own AbortError.
    signal?.throwIfAborted();
    throw error;
  }
}

/** In a container, the user may be a number without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown user";
  }
}

/** Only terminals have `isTTY`. */
type OutputStream = Omit<WriteStream, "isTTY"> & { readonly isTTY?: boolean };

function textStream(stream: OutputStream, onLost: (error: Error) => void): TextStream {
  const isTty = stream.isTTY === true;
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Writes to the server continue. A reader that closes the pipe (`| head`) is not a failure.
    const isNews = isOpen && error.code !== "EPIPE";
    isOpen = false;
    if (isNews) onLost(error);
  });
  return {
    isTty,
    get columns() {
      return isTty ? stream.columns : undefined;
    },
    write: (chunk) => {
      if (isOpen && chunk !== "") stream.write(chunk);
    },
  };
}

interface Question {
  readonly question: string;
  readonly isSecret: boolean;
  readonly signal: AbortSignal;
  readonly interrupt: (by: Signal) => void;
}

function ask(owner: NodeJS.Process, { question, isSecret, signal, interrupt }: Question): Promise<string> {
  // Readline echoes what is typed to its output; for a secret, this output drops everything.
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: owner.stdin, output: isSecret ? muted : owner.stderr, terminal: true });
  return new Promise((resolve, reject) => {
    let hasAnswer = false;
    const onAbort = (): void => {
      reject(signal.reason as Error);
      lines.close();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    // In raw mode, Ctrl-C is a key and not a signal.
    lines.on("SIGINT", () => interrupt("SIGINT"));
    lines.on("close", () => {
      signal.removeEventListener("abort", onAbort);
      // Only an echoed answer has ended its line.
      if (isSecret || !hasAnswer) owner.stderr.write("\n");
      resolve("");
    });
    if (isSecret) owner.stderr.write(question);
    lines.question(isSecret ? "" : lastLine(question, owner.stderr), (answer) => {
      hasAnswer = true;
      resolve(answer);
      lines.close();
    });
  });
}

/** Readline redraws its prompt with every key, so only the last line may be part of the prompt. */
function lastLine(question: string, stderr: Pick<WriteStream, "write">): string {
  const start = question.lastIndexOf("\n") + 1;
  if (start > 0) stderr.write(question.slice(0, start));
  return question.slice(start);
}
