/**
 * One process that evaluates queries for us. A query can recurse or backtrack without end, or ask for more memory
 * than there is; a worker thread does not contain the last one (docs/upstream/jsonata.md#expensive-queries), a process
 * does.
 */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { InternalError } from "../model/errors.ts";
import type { StoppedQuery, Verdict } from "./check.ts";
import { readyLine, type Pack } from "./child/protocol.ts";
import { readAnswer } from "./child/read-answer.ts";
import { endWithParent } from "./end-with-parent.ts";

export interface EvaluationOptions {
  /** Milliseconds for one evaluation. */
  readonly timeLimit: number;
  /** Megabytes of heap. */
  readonly memoryLimit: number;
  /** Arguments of Node that start the process, without the memory limit: what it may do, and its script. */
  readonly command: readonly string[];
}

export interface EvaluationChild {
  /**
   * Answers for the checks of a pack in order; fewer than there are checks, and why, if the process died on the next.
   */
  evaluate(pack: Pack): Promise<{ readonly verdicts: readonly Verdict[]; readonly death?: StoppedQuery }>;
  /** False once the process has ended, for example because of a signal. */
  isAlive(): boolean;
  kill(): void;
}

/** Milliseconds until the process must report that it is ready. */
const startLimit = 20_000;
/**
 * Time is counted in ticks without an answer, not by one timer: a machine that sleeps or stalls loses one tick, and
 * what the child has answered meanwhile is read before the next.
 */
const ticksToLimit = 10;

interface Work {
  readonly count: number;
  readonly verdicts: Verdict[];
  readonly done: (result: { readonly verdicts: readonly Verdict[]; readonly death?: StoppedQuery }) => void;
  readonly failed: (error: Error) => void;
}

export function startEvaluationChild(options: EvaluationOptions): EvaluationChild {
  // Nothing of our environment: an expression has no business with it, and NODE_OPTIONS could open an inspector.
  const child = spawn(process.execPath, [`--max-old-space-size=${options.memoryLimit}`, ...options.command], {
    env: {},
    stdio: "pipe",
    windowsHide: true,
  });
  if (child.pid !== undefined) endWithParent(child, child.pid);
  // A working process keeps this one alive, an idle one does not. The streams are sockets, which the types do not say.
  const handles = [child, ...[child.stdin, child.stdout, child.stderr].map((stream) => stream as unknown as Socket)];
  for (const handle of handles) handle.unref();

  let isReady = false;
  let isOutOfTime = false;
  let complaint = "";
  let work: Work | undefined;
  let timer: NodeJS.Timeout | undefined;
  let idleTicks = 0;

  /** Called `ticksToLimit` times while an evaluation may take its time; once more, and it is over. */
  function tick(): void {
    idleTicks++;
    if (idleTicks <= ticksToLimit * (isReady ? 1 : startLimit / options.timeLimit)) return;
    isOutOfTime = true;
    child.kill("SIGKILL");
  }

  function finish(death?: StoppedQuery): void {
    clearInterval(timer);
    const finished = work;
    work = undefined;
    for (const handle of handles) handle.unref();
    finished?.done({ verdicts: finished.verdicts, ...(death !== undefined && { death }) });
  }

  const read = lineReader((line) => {
    idleTicks = 0;
    if (!isReady && line === readyLine) {
      isReady = true;
      return;
    }
    const verdict = work && readAnswer(line, work.verdicts.length);
    if (work === undefined || verdict === undefined) {
      // Not the answer to this check: nothing more from this process is trusted.
      child.stdout.off("data", read);
      child.kill("SIGKILL");
      return;
    }
    work.verdicts.push(verdict);
    if (work.verdicts.length === work.count) finish();
  });
  child.stdout.setEncoding("utf8").on("data", read);
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaint = (complaint + chunk).slice(-4000);
  });
  // Writing to a process that has just died; its end is reported by "close".
  child.stdin.on("error", () => undefined);

  let startError: Error | undefined;
  child.on("error", (error) => {
    startError = error;
  });
  child.on("close", () => {
    if (isReady) return finish(causeOfDeath({ isOutOfTime, complaint, options }));
    const message = `the evaluation process did not start: ${startError?.message ?? complaint.trim()}`;
    clearInterval(timer);
    work?.failed(new InternalError(message));
    work = undefined;
  });

  return {
    evaluate(pack) {
      return new Promise((done, failed) => {
        work = { count: pack.checks.length, verdicts: [], done, failed };
        for (const handle of handles) handle.ref();
        idleTicks = 0;
        timer = setInterval(tick, options.timeLimit / ticksToLimit);
        child.stdin.write(`${JSON.stringify(pack)}\n`);
      });
    },
    isAlive() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill() {
      child.kill("SIGKILL");
    },
  };
}

function causeOfDeath(facts: {
  readonly isOutOfTime: boolean;
  readonly complaint: string;
  readonly options: EvaluationOptions;
}): StoppedQuery {
  const { timeLimit, memoryLimit } = facts.options;
  if (facts.isOutOfTime) {
    return { status: "killed", reason: "time", message: `needed more than ${timeLimit} ms and was stopped` };
  }
  if (/heap|memory|allocation|invalid (?:array|string|table|size)/i.test(facts.complaint)) {
    return { status: "killed", reason: "memory", message: `needed more than ${memoryLimit} MB of memory` };
  }
  return { status: "killed", reason: "crash", message: "ended the process that evaluated it" };
}

/** Collects text as it arrives and passes on whole lines. */
function lineReader(onLine: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}
