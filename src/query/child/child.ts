/**
 * The evaluation process. It reads packs of checks from standard input and answers each check before it starts the
 * next, so that the parent knows which check ended the process. The parent stops it; see `evaluation-child.ts`.
 *
 * Everything is loaded before the first expression and nothing afterwards.
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

// Node opens its inspector on SIGUSR1 if nobody handles the signal. Newer releases have a flag against it.
process.on("SIGUSR1", () => undefined);
// Keeps the process alive while an evaluation waits for something that never happens; the parent's time limit ends it.
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
    // Lets tasks that the expression left behind finish before the next expression starts. The time limit applies to
    // them too.
    await setImmediate();
    writeLine(JSON.stringify({ check, verdict } satisfies Answer));
  }
}

writeLine(readyLine);
for (let line = nextLine(); line !== undefined; line = nextLine()) await answer(JSON.parse(line) as Pack);
clearInterval(wait);
