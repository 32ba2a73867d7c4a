/** Judges responses of one monitor by the rules of a server: its status code first, then its body. */
import type { TestedResponse } from "../config/sections/monitor-tests.ts";
import type { Judgement } from "../query/check.ts";
import { keywordVerdict } from "../query/keyword.ts";
import { judgeStatus } from "./judge-status.ts";
import { ruleOf, textOf, type TestInput } from "./test-input.ts";

export interface Asked {
  readonly answer: TestedResponse;
  readonly server: string;
  readonly clock: number;
}

/** After the query was stopped for this many responses, it is not evaluated for the others. */
const mostStopped = 2;

const leftOut: Judgement = {
  status: "killed",
  reason: "left-out",
  message: `not evaluated: the query was stopped for ${mostStopped} other responses`,
};

/** One judgement for each response, in order. */
export async function judgeAll(
  { entity, spec, lab }: Pick<TestInput, "entity" | "spec" | "lab">,
  asked: readonly Asked[],
): Promise<readonly Judgement[]> {
  const judged = asked.map(({ answer, server, clock }) => ({ ...judgeStatus(answer, spec), server, clock }));
  if (entity.variant.type === "keyword") {
    const rule = { keyword: textOf(spec["keyword"]), isInverted: spec["invertKeyword"] === true };
    return judged.map((one) => one.verdict ?? keywordVerdict({ ...one.response, ...rule }));
  }
  const checks = judged.flatMap((one) =>
    one.verdict === undefined ? [{ ...one.response, server: one.server, clock: one.clock, ...ruleOf(spec) }] : [],
  );
  // Without a query, the evaluation process is not started.
  const byQuery = [...(checks.length === 0 ? [] : await lab.run(checks, { maxKills: mostStopped }))];
  return judged.map(({ verdict }) => verdict ?? byQuery.shift() ?? leftOut);
}
