/** The context of a real process. Nothing else reads `process` but cli.ts, which hands it in. */
import { hostname, userInfo } from "node:os";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { isatty, type WriteStream } from "node:tty";
import type { Signal } from "../model/exit-code.ts";
import { InterruptedError } from "../output/human/error.ts";
import { createRedactor } from "../output/redact.ts";
import type { Context, TextStream } from "./context.ts";

const signals = ["SIGINT", "SIGTERM"] as const satisfies readonly Signal[];

export function createProcessContext(owner: NodeJS.Process): Context {
  const { signal, interruptedBy, interrupt } = watchSignals(owner);
  return {
    env: owner.env,
    cwd: owner.cwd(),
    nodeVersion: owner.version,
    platform: `${owner.platform} ${owner.arch}`,
    machine: { host: hostname(), pid: owner.pid, user: userName() },
    stdout: textStream(owner.stdout),
    stderr: textStream(owner.stderr),
    stdin: { isTty: isatty(owner.stdin.fd), readText: () => text(owner.stdin) },
    ask: (question, { isSecret } = { isSecret: false }) => ask(owner, { question, isSecret, signal, interrupt }),
    signal,
    interruptedBy,
    redactor: createRedactor(),
    now: () => performance.now(),
  };
}

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown user";
  }
}

/** After the first signal the handlers are gone, so the second one ends the process as it would any other. */
function watchSignals(owner: NodeJS.Process): {
  readonly signal: AbortSignal;
  readonly interruptedBy: () => Signal;
  readonly interrupt: (by: Signal) => void;
} {
  const controller = new AbortController();
  let first: Signal = "SIGINT";
  const interrupt = (by: Signal): void => {
    for (const name of signals) owner.removeListener(name, interrupt);
    first = by;
    controller.abort(new InterruptedError("interrupted"));
  };
  for (const name of signals) owner.on(name, interrupt);
  return { signal: controller.signal, interruptedBy: () => first, interrupt };
}

function textStream(stream: WriteStream & { readonly fd: number }): TextStream {
  const isTty = isatty(stream.fd);
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has left (`| head`): what is being written to the server goes on all the same.
    if (error.code !== "EPIPE") throw error;
    isOpen = false;
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
  // Readline echoes what is typed through its output; for a secret that goes nowhere.
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: owner.stdin, output: isSecret ? muted : owner.stderr, terminal: true });
  return new Promise((resolve, reject) => {
    let hasAnswer = false;
    const onAbort = (): void => {
      reject(signal.reason as Error);
      lines.close();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    // In raw mode Ctrl-C is a key, not a signal.
    lines.on("SIGINT", () => interrupt("SIGINT"));
    lines.on("close", () => {
      signal.removeEventListener("abort", onAbort);
      // Only an answer that was echoed ended its own line.
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

/** Readline redraws its prompt with every key, so only the last line may be its own. */
function lastLine(question: string, stderr: Pick<WriteStream, "write">): string {
  const start = question.lastIndexOf("\n") + 1;
  if (start > 0) stderr.write(question.slice(0, start));
  return question.slice(start);
}
