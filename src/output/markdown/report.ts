/** What an apply did, in Markdown: failures first and unfolded. */
import type { StepOutcome } from "../../model/progress.ts";
import type { ApplyData } from "../../model/report-data.ts";
import type { ErrorFacts } from "../../model/errors.ts";
import { durationText } from "../../model/duration.ts";
import { joinWords, plural } from "../words/counts.ts";
import { maybeAppliedNote, skipReason } from "../words/step.ts";
import { heartbeatWords, resultWords } from "../words/apply-result.ts";
import { countText, actionVerbs } from "../words/actions.ts";
import { convergedText, serverText } from "../words/plan.ts";
import { fieldName } from "../words/field.ts";
import { commentLimit, composeDocument, fitBlocks, type Block, type Section } from "./budget.ts";
import { codeSpan, markdownProse } from "./escape.ts";
import { doubtsSection } from "./findings.ts";
import { blockersSection, tagOf } from "./plan.ts";
import { details } from "./step.ts";

/** Successful steps get little room. */
const mostDoneBytes = 15_000;

export function renderApplyMarkdown(data: ApplyData, limit: number = commentLimit): string {
  const { plan, result, refusal, report, ms } = data;
  const done = report === undefined ? "" : ` ${countText(report.outcomes)} in ${durationText(ms)}.`;
  const verified = report?.verification.state === "converged" ? ` ${markdownProse(convergedText(plan))}` : "";
  const head = [
    tagOf(plan, data.target),
    `### kuma-sync: ${resultWords[result]}`,
    "",
    `Project ${codeSpan(plan.project)} at ${codeSpan(serverText(plan.server))}.${done}${verified}`,
    ...(refusal === undefined ? [] : ["", markdownProse(refusal)]),
  ].join("\n");
  return composeDocument(head, [...troubleSections(data), doneSection(data)], limit);
}

export function renderErrorMarkdown({ message, hint }: ErrorFacts): string {
  return [
    `### kuma-sync failed`,
    "",
    markdownProse(message),
    ...(hint === undefined ? [] : ["", `help: ${markdownProse(hint)}`]),
    "",
  ].join("\n");
}

function troubleSections(data: ApplyData): readonly Section[] {
  const { plan, result, findings, sources } = data;
  return [
    blockersSection(result === "refused" ? plan.blockers : []),
    list("#### Failed", failedLines(data), "failed step"),
    list("#### Still different after the last write", remainingLines(data), "object"),
    blockersSection(data.report?.verification.state === "remaining" ? data.report.verification.blockers : []),
    list("#### Not up", heartbeatLines(data), "monitor"),
    list("#### Skipped", skippedLines(data), "skipped step"),
    doubtsSection(findings, { sources }),
  ];
}

function list(heading: string, blocks: readonly Block[], noun: string): Section {
  return { heading, blocks, share: 0.4, more: (left) => `- and ${plural(left, `more ${noun}`)}`, gap: "\n" };
}

function failedLines({ report }: ApplyData): readonly Block[] {
  return (report?.outcomes ?? []).flatMap((outcome) =>
    outcome.result === "failed" ? [() => failedLine(outcome)] : [],
  );
}

function failedLine({ action, key, error }: Extract<StepOutcome, { result: "failed" }>): string {
  const { message, hint, isMaybeApplied } = error;
  const maybe = isMaybeApplied ? ` ${maybeAppliedNote}.` : "";
  const help = hint === undefined ? "" : ` Help: ${markdownProse(hint)}.`;
  return `- ${actionVerbs[action]} ${codeSpan(key)}: ${markdownProse(message)}.${help}${maybe}`;
}

function skippedLines({ report }: ApplyData): readonly Block[] {
  return (report?.outcomes ?? []).flatMap((outcome) =>
    outcome.result === "skipped"
      ? [
          () =>
            `- ${actionVerbs[outcome.action]} ${codeSpan(outcome.key)}: ${markdownProse(skipReason(outcome.because))}`,
        ]
      : [],
  );
}

function remainingLines({ report }: ApplyData): readonly Block[] {
  if (report === undefined || report.verification.state === "converged") return [];
  const { verification } = report;
  if (verification.state === "unknown") return [() => `- not verified: ${markdownProse(verification.reason)}`];
  return verification.steps.map(({ action, key, paths }) => () => {
    const fields = paths.length === 0 ? "" : `: ${joinWords(paths.map((path) => codeSpan(fieldName(path))))}`;
    return `- ${actionVerbs[action]} ${codeSpan(key)}${fields}`;
  });
}

function heartbeatLines({ firstHeartbeats = [] }: ApplyData): readonly Block[] {
  return firstHeartbeats
    .filter(({ state }) => state !== "up" && state !== "maintenance")
    .map((beat) => () => `- ${codeSpan(beat.key)} ${heartbeatWords(beat)}: ${markdownProse(beat.message)}`);
}

function doneSection({ report }: ApplyData): Section {
  const done = (report?.outcomes ?? []).filter(({ result }) => result === "done");
  const count = plural(done.length, "step");
  const lines = done.map(
    ({ action, key }) =>
      () =>
        `- ${actionVerbs[action]} ${codeSpan(key)}`,
  );
  const doneList = (): string =>
    fitBlocks(lines, mostDoneBytes, (left) => `- and ${plural(left, "more step")}`).join("\n");
  return {
    heading: "",
    blocks: done.length === 0 ? [] : [() => details(`${count} done`, doneList())],
    share: 1,
    more: () => `${count} done`,
    gap: "\n",
  };
}
