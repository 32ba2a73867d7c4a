/** Runs the `tests:` of one monitor: judges each response by the rules of each server. */
import type { DeclaredEntity } from "../config/config.ts";
import { findingFor, isHidden, isWithheld } from "../config/entity-finding.ts";
import type { MonitorTest } from "../config/sections/monitor-tests.ts";
import { clip } from "../model/clip.ts";
import type { Finding } from "../model/finding.ts";
import { isPassed, type TestResult } from "../model/tested-monitor.ts";
import { shownStatus, type Judgement } from "../query/check.ts";
import { whyNotJson } from "../query/not-json.ts";
import { shownForSecret } from "../secrets/secret.ts";
import { judgeAll } from "./judge-all.ts";
import {
  dependsOnSecret,
  isTestedWithheld,
  longestFromFile,
  momentOf,
  placeholderHint,
  placeholderWords,
  type TestInput,
} from "./test-input.ts";

export async function runTests(
  input: TestInput,
): Promise<{ readonly results: readonly TestResult[]; readonly findings: readonly Finding[] }> {
  const { entity, servers } = input;
  const all = (entity.tests?.tests ?? []).flatMap((test) =>
    (test.server === undefined ? servers : [test.server]).map((server) => ({ test, server })),
  );
  const outcomes = await judgeAll(
    input,
    all.map(({ test, server }) => ({ answer: test, server, clock: test.at ?? momentOf(input) })),
  );
  const results = all.map(({ test, server }, index): TestResult => {
    const outcome = outcomes[index] as Judgement;
    const status = shownStatus(outcome, input.spec["upsideDown"] === true);
    const isSecret = isHidden(entity, test.pointer) || dependsOnSecret(entity);
    const text = test.isFromFile ? clip(outcome.message, longestFromFile) : outcome.message;
    const message = isSecret ? shownForSecret : text;
    return { name: test.name, server, expect: test.expect, status, message };
  });
  const findings = all.flatMap(({ test }, index) => {
    const result = results[index] as TestResult;
    return isPassed(result) ? [] : [failure(entity, test, result)];
  });
  return { results, findings };
}

function failure(
  entity: DeclaredEntity,
  test: MonitorTest,
  { name, server, expect, status, message }: TestResult,
): Finding {
  const isPlaceholder = isWithheld(entity, test.pointer) || isTestedWithheld(entity);
  const isAsked = expect === "up" && status === "down" && entity.variant.type === "json-query";
  const notJson = isAsked && message !== shownForSecret ? whyNotJson(test.body) : undefined;
  return findingFor(entity, {
    code: "KS1551",
    severity: "error",
    message: `"${name}" should be ${expect} and is ${status === "killed" ? "stopped" : status}${isPlaceholder ? `, ${placeholderWords}` : ""}`,
    pointer: `${test.pointer}/expect`,
    ...(isPlaceholder
      ? { hint: placeholderHint }
      : notJson === undefined
        ? {}
        : { hint: `its body is not JSON: ${notJson.what}` }),
    ...(message === shownForSecret ? {} : { why: `Uptime Kuma ${server} says: ${message}` }),
  });
}
