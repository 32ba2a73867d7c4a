/** Evaluates many checks in a contained process, and returns one judgement for each, whatever the queries do. */
import type { Check, Judgement } from "./check.ts";
import { packChecks } from "./pack-checks.ts";
import { childCommand, defaultEntry } from "./child-command.ts";
import { startEvaluationChild, type EvaluationChild, type EvaluationOptions } from "./evaluation-child.ts";

export interface LabOptions extends EvaluationOptions {
  /** The script of the evaluation process, in JavaScript. */
  readonly entry: string;
}

export interface QueryLab {
  /**
   * One judgement for each check, in order. Fewer if `maxKills` queries had to be stopped, each of which takes its time
   * limit. Concurrent calls run one after the other.
   */
  run(checks: readonly Check[], options?: { readonly maxKills?: number }): Promise<readonly Judgement[]>;
  /** How many evaluations had to be stopped so far, each after its time limit or because of its memory. */
  stopped(): number;
  /** Ends the process at once. The lab can be used again, and then starts another process. */
  close(): void;
}

/** Checks and UTF-16 units that go to the child at once: enough to be fast, and few enough for its memory. */
const packSize = 256;
const packCharacters = 4_000_000;

/**
 * The process starts with the first check and is kept for the next ones. It never outlives this process, even if the
 * lab is not closed.
 */
export function openLab(options: Partial<LabOptions> = {}): QueryLab {
  const { timeLimit = 2000, memoryLimit = 128, entry = defaultEntry } = options;
  const start = (): EvaluationChild =>
    startEvaluationChild({ timeLimit, memoryLimit, command: options.command ?? childCommand(entry) });
  let child: EvaluationChild | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = 0;

  async function runAll(checks: readonly Check[], maxKills: number): Promise<Judgement[]> {
    const judgements: Judgement[] = [];
    let kills = 0;
    let crashedAt: number | undefined;
    while (judgements.length < checks.length && kills < maxKills) {
      if (child?.isAlive() !== true) child = start();
      const { verdicts, death } = await child.evaluate(packChecks(nextPack(checks, judgements.length)));
      judgements.push(...verdicts);
      if (death === undefined) continue;
      child = undefined;
      // Something else may have ended the process, so a query is only blamed when it happens twice.
      if (death.reason === "crash" && crashedAt !== judgements.length) {
        crashedAt = judgements.length;
        continue;
      }
      judgements.push(death);
      kills++;
      stopped++;
    }
    return judgements;
  }

  return {
    run(checks, { maxKills = Infinity } = {}) {
      const running = last
        .then(() => runAll(checks, maxKills))
        .catch((error: unknown) => {
          child = undefined;
          throw error;
        });
      last = running.catch(() => undefined);
      return running;
    },
    stopped: () => stopped,
    close() {
      child?.kill();
      child = undefined;
    },
  };
}

function nextPack(checks: readonly Check[], from: number): readonly Check[] {
  let characters = 0;
  let to = from;
  while (to < checks.length && to - from < packSize && (to === from || characters < packCharacters)) {
    characters += (checks[to] as Check).body.length;
    to++;
  }
  return checks.slice(from, to);
}

/** The verdict on one response, with the query's value. */
export async function verdict(lab: QueryLab, check: Check): Promise<Judgement> {
  const [judgement] = await lab.run([{ wantsValue: true, ...check }]);
  return judgement as Judgement;
}
