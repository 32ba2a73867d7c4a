/**
 * The evaluation process: reads packs of checks from standard input and answers each check before it begins the next,
 * so that the parent knows which one it died of. It is killed from outside; see `evaluation-child.ts`.
 *
 * Everything is loaded before the first expression, and nothing afterwards.
 */
import { setImmediate } from "node:timers/promises";
import { setInterval } from "node:timers";
import type { EngineVersion } from "../engines.ts";
import type { ServerRules } from "../server-rules.ts";
import { createEvaluator, type Evaluator } from "../verdict/evaluator.ts";
import { judge } from "../verdict/judge.ts";
import { contain } from "./contain.ts";
import { readLines, writeLine } from "./lines.ts";
import { loadEngines } from "./load-engines.ts";
import { readyLine, type Answer, type ChildFiles, type Pack } from "./protocol.ts";

// Node starts its inspector on SIGUSR1 unless somebody listens; newer releases have a flag for it.
process.on("SIGUSR1", () => undefined);
// An evaluation that waits for what never comes has no work left; the parent's time limit ends it, not an empty loop.
const wait = setInterval(() => undefined, 3_600_000);

const files = JSON.parse(process.argv[2] ?? "") as ChildFiles;
const engines = loadEngines(files.engines);
const evaluators = new Map<EngineVersion, Evaluator>();
const nextLine = readLines();
contain(files.ses);

function evaluatorOf(version: EngineVersion): Evaluator {
  const evaluator = evaluators.get(version) ?? createEvaluator(engines[version]);
  evaluators.set(version, evaluator);
  return evaluator;
}

async function answer(pack: Pack): Promise<void> {
  for (const [check, packed] of pack.checks.entries()) {
    const rules = pack.rules[packed.rules] as ServerRules;
    const body = pack.bodies[packed.body] as string;
    const verdict = await judge({ ...packed, body }, rules, evaluatorOf(rules.engine));
    // What the expression left running runs to its end here: it is over before the next one begins, or is stopped itself.
    await setImmediate();
    writeLine(JSON.stringify({ check, verdict } satisfies Answer));
  }
}

writeLine(readyLine);
for (let line = nextLine(); line !== undefined; line = nextLine()) await answer(JSON.parse(line) as Pack);
clearInterval(wait);
