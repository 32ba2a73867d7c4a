/** The experiment for keyword monitors: the same broken responses, judged by whether they contain the keyword. */
import type { Verdict } from "../check.ts";
import { keywordVerdict, type KeywordCheck } from "../keyword.ts";
import type { ExperimentCase } from "./experiment-case.ts";
import type { ExperimentReport, ExperimentRun, ExperimentSetup, JudgedCase } from "./experiment-report.ts";
import { runExperiment } from "./experiment.ts";

export interface KeywordExperimentInput extends ExperimentSetup, Pick<KeywordCheck, "keyword" | "isInverted"> {}

export function keywordExperiment(input: KeywordExperimentInput): Promise<ExperimentReport> {
  const { keyword, isInverted, servers } = input;
  const judge = ({ body }: ExperimentCase): Verdict => keywordVerdict({ body, keyword, isInverted });
  return runExperiment(keywordRun(input), (cases) =>
    // All releases judge keywords alike.
    Promise.resolve(cases.map((one): JudgedCase => ({ ...one, judgements: servers.map(() => judge(one)) }))),
  );
}

/** The same as a run: which cases there are. */
export function keywordRun(input: KeywordExperimentInput): ExperimentRun {
  const { keyword, isInverted, sample, badSamples = [] } = input;
  const about = isInverted ? "inverted keyword" : "keyword";
  // An inverted monitor is down only if the keyword appears, so the dead responses include one with the keyword.
  const withWord = { ...sample, name: "sample with the keyword", body: `${sample.body} ${String(keyword)}` };
  const setup = { ...input, badSamples: isInverted ? [...badSamples, withWord] : badSamples };
  return { ...setup, about, query: null, expected: keyword };
}
