/**
 * The evaluation process: reads packs of checks from standard input and answers each check before it begins the next,
 * so that the parent knows which one it died of. It is killed from outside; see `evaluation-child.ts`.
 */
import { writeSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { loadEngine, type EngineVersion } from "../engines.ts";
import { serverRules, type ServerRules } from "../server-rules.ts";
import { createEvaluator, type Evaluator } from "../verdict/evaluator.ts";
import { judge } from "../verdict/judge.ts";
import { lineReader, readyLine, type Pack } from "./protocol.ts";

// An endless evaluation blocks this thread, and with it every sign that the parent is gone. Another thread looks.
new Worker(new URL("./watch-parent.js", import.meta.url), {
  workerData: Number(process.argv[2]),
  resourceLimits: { maxOldGenerationSizeMb: 8 },
}).unref();

const evaluators = new Map<EngineVersion, Promise<Evaluator>>();
const rulesByServer = new Map<string, ServerRules>();

function rulesOf(server: string): ServerRules {
  const rules = rulesByServer.get(server) ?? serverRules(server);
  rulesByServer.set(server, rules);
  return rules;
}

function evaluatorOf(version: EngineVersion): Promise<Evaluator> {
  const evaluator = evaluators.get(version) ?? loadEngine(version).then(createEvaluator);
  evaluators.set(version, evaluator);
  return evaluator;
}

async function answer(line: string): Promise<void> {
  const pack = JSON.parse(line) as Pack;
  for (const packed of pack.checks) {
    const rules = rulesOf(packed.server);
    const check = { ...packed, body: pack.bodies[packed.body] as string };
    say(JSON.stringify(await judge(check, rules, await evaluatorOf(rules.engine))));
  }
}

/** Written at once and to the end, not when the event loop finds time: the next evaluation may never give it any. */
function say(line: string): void {
  let bytes = Buffer.from(`${line}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
}

let queue = Promise.resolve();
const read = lineReader((line) => {
  queue = queue.then(() => answer(line));
});
process.stdin
  .setEncoding("utf8")
  .on("data", read)
  .on("end", () => process.exit());
say(readyLine);
