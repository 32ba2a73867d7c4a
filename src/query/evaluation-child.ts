/**
 * A separate process that evaluates queries. A query can recurse or backtrack endlessly, or use up all memory. A worker
 * thread cannot contain the last of these (docs/upstream/jsonata.md#expensive-queries); a process can.
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
  /** Arguments of Node that start the process: its flags and its script, without the memory limit. */
  readonly command: readonly string[];
}

export interface EvaluationChild {
  /**
   * The verdicts for the checks of a pack, in order. If the process ends during a check, the list stops before it, and
   * `death` says why.
   */
  evaluate(pack: Pack): Promise<{ readonly verdicts: readonly Verdict[]; readonly death?: StoppedQuery }>;
  /** False after the process has ended, for example by a signal. */
  isAlive(): boolean;
  kill(): void;
}

/** Milliseconds until the process must report that it is ready. */
const startLimit = 20_000;
/**
 * The limit is counted in ticks without an answer instead of one timer. If the machine sleeps or stalls, only one tick
 * is lost, and answers that arrived in the meantime are read before the next one.
 */
const ticksToLimit = 10;

interface Work {
  readonly count: number;
  readonly verdicts: Verdict[];
  readonly done: (result: { readonly verdicts: readonly Verdict[]; readonly death?: StoppedQuery }) => void;
  readonly failed: (error: Error) => void;
}

export function startEvaluationChild(options: EvaluationOptions): EvaluationChild {
  // The child gets no environment: expressions do not need it, and NODE_OPTIONS could open an inspector.
  const child = spawn(process.execPath, [`--max-old-space-size=${options.memoryLimit}`, ...options.command], {
    env: {},
    stdio: "pipe",
    windowsHide: true,
  });
  if (child.pid !== undefined) endWithParent(child, child.pid);
  // A busy child keeps this process alive, an idle one does not. The streams are sockets, which the types do not show.
  const handles = [child, ...[child.stdin, child.stdout, child.stderr].map((stream) => stream as unknown as Socket)];
  for (const handle of handles) handle.unref();

  let isReady = false;
  let isOutOfTime = false;
  let complaint = "";
  let work: Work | undefined;
  let timer: NodeJS.Timeout | undefined;
  let idleTicks = 0;

  /** Called `ticksToLimit` times during the time limit; at the next call, the evaluation is stopped. */
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
      // The line is not the answer to this check, so nothing from this process can be trusted any more.
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
  // A write to a process that has just ended fails; "close" reports its end.
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

/** Collects text and passes on whole lines. */
function lineReader(onLine: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}
