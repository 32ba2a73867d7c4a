/** The experiment for keyword monitors: the same broken responses, judged by whether the text is found. */
import type { Verdict } from "../check.ts";
import { keywordVerdict, type KeywordCheck } from "../keyword.ts";
import type { ExperimentCase } from "./experiment-case.ts";
import type { ExperimentReport, ExperimentSetup, JudgedCase } from "./experiment-report.ts";
import { runExperiment } from "./experiment.ts";

export interface KeywordExperimentInput extends ExperimentSetup, Pick<KeywordCheck, "keyword" | "isInverted"> {}

export function keywordExperiment(input: KeywordExperimentInput): Promise<ExperimentReport> {
  const { keyword, isInverted, sample, servers, badSamples = [] } = input;
  const about = isInverted ? "inverted keyword" : "keyword";
  // Only the text that must not come can turn it down, so a response that has it belongs to the dead.
  const withWord = { ...sample, name: "sample with the keyword", body: `${sample.body} ${String(keyword)}` };
  const setup = { ...input, badSamples: isInverted ? [...badSamples, withWord] : badSamples };
  const judge = ({ body }: ExperimentCase): Verdict => keywordVerdict({ body, keyword, isInverted });
  return runExperiment({ ...setup, about, query: null, expected: keyword }, (cases) =>
    // Every release judges keywords alike.
    Promise.resolve(cases.map((one): JudgedCase => ({ ...one, judgements: servers.map(() => judge(one)) }))),
  );
}
