/** A process that a test controls: what it reads is given, what it writes is kept. */
import { main } from "../../src/cli/main.ts";
import type { Context, TextStream } from "../../src/run/context.ts";
import { withStatusLine } from "../../src/run/status-line.ts";
import { exitCodeOf, type Signal } from "../../src/model/exit-code.ts";
import { InterruptedError } from "../../src/model/errors.ts";
import { inert } from "../../src/output/inert.ts";
import { createRedactor } from "../../src/secrets/redactor.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export interface FakeProcess {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Without one, a clock that runs like any other. */
  readonly clock?: TestClock;
  readonly stdin?: string;
  /** Answers to questions, in order; with them stdin and stderr are a terminal. */
  readonly answers?: readonly string[];
  /** Whether stdout is a terminal too. */
  readonly isStdoutTty?: boolean;
  /** Called with each piece of stdout as it is written. */
  readonly onStdout?: (text: string, interrupt: (signal: Signal) => void) => void;
  /** Called with each piece of stderr as it is written. */
  readonly onStderr?: (text: string, interrupt: (signal: Signal) => void) => void;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was asked. */
  readonly questions: readonly string[];
}

/** Runs the whole program but for `cli.ts`. */
export async function runMain(args: readonly string[], fake: FakeProcess = {}): Promise<Ended> {
  const { context, written, questions } = createFakeContext(fake);
  const code = exitCodeOf(await main(args, context));
  return { code, ...written, questions };
}

export interface FakeContext {
  readonly context: Context;
  /** What was written so far. */
  readonly written: { readonly stdout: string; readonly stderr: string };
  readonly questions: readonly string[];
  readonly interrupt: (signal: Signal) => void;
}

export function createFakeContext(fake: FakeProcess = {}): FakeContext {
  const written = { stdout: "", stderr: "" };
  const questions: string[] = [];
  const answers = [...(fake.answers ?? [])];
  const clock = fake.clock ?? createTestClock();
  const isTty = fake.answers !== undefined;
  const controller = new AbortController();
  let isStdinRead = false;
  let interruptedBy: Signal = "SIGINT";
  const interrupt = (signal: Signal): void => {
    interruptedBy = signal;
    controller.abort(new InterruptedError("interrupted"));
  };
  const stdout: TextStream = {
    isTty: fake.isStdoutTty === true,
    columns: fake.isStdoutTty === true ? 100 : undefined,
    write: (text) => {
      written.stdout += text;
      fake.onStdout?.(text, interrupt);
    },
  };
  const stderr: TextStream = {
    isTty,
    columns: isTty ? 100 : undefined,
    write: (text) => {
      written.stderr += text;
      fake.onStderr?.(text, interrupt);
    },
  };
  const context: Context = {
    env: { NO_COLOR: "1", ...fake.env },
    cwd: fake.cwd ?? process.cwd(),
    nodeVersion: process.version,
    platform: "test",
    machine: { host: "test-host", pid: 4711, user: "tester" },
    ...withStatusLine({ stdout, stderr }),
    stdin: {
      isTty,
      readText: async () => {
        // What a pipe held is gone once it was read.
        const text = isStdinRead ? "" : (fake.stdin ?? "");
        isStdinRead = true;
        return text;
      },
    },
    ask: async (question) => {
      questions.push(question);
      return answers.shift() ?? "";
    },
    signal: controller.signal,
    interruptedBy: () => interruptedBy,
    whileWriting: (work) => work(),
    whileBusy: async (work) => {
      controller.signal.throwIfAborted();
      return work();
    },
    redactor: createRedactor(inert),
    now: clock.now,
    wait: clock.wait,
  };
  return { context, written, questions, interrupt };
}
