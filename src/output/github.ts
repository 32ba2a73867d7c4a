/**
 * What GitHub shows about a run: annotations at their lines, and a summary of the step. Annotations are workflow
 * commands, so every value in them is escaped for the runner.
 *
 * GitHub shows ten annotations of each level for a step and silently drops the rest. So there are at most nine, and one
 * that counts the others.
 */
import { drillProblems } from "../model/drilled-monitor.ts";
import { audible, type Finding } from "../model/finding.ts";
import type { Blocker, Plan } from "../model/plan.ts";
import type { SourceSpan } from "../model/source-span.ts";
import { clip } from "../model/clip.ts";
import { inert } from "./inert.ts";
import { summaryLimit } from "./markdown/budget.ts";
import { renderMarkdown } from "./markdown/render-markdown.ts";
import { actionVerbs } from "./words/actions.ts";
import { drillProblemText } from "./words/drill.ts";
import { fixText } from "./words/findings.ts";
import type { ApplyData, DrillData, ReportData, TestData } from "../model/report-data.ts";

const mostOfLevel = 9;
const longestMessage = 2000;
const levels = ["error", "warning", "notice"] as const;

interface Annotation {
  readonly level: (typeof levels)[number];
  readonly title: string;
  /** The lines of the message. */
  readonly lines: readonly string[];
  readonly at?: SourceSpan | undefined;
}

/** One workflow command for each line; empty if there is nothing to report. */
export function renderAnnotations(data: ReportData): string {
  const all = annotationsOf(data);
  return levels
    .flatMap((level) => {
      const ofLevel = all.filter((annotation) => annotation.level === level);
      const shown = ofLevel.length > mostOfLevel + 1 ? ofLevel.slice(0, mostOfLevel) : ofLevel;
      const left = ofLevel.length - shown.length;
      const rest: Annotation = { level, title: "kuma-sync", lines: [`${left} more, see the log of this step`] };
      return left > 0 ? [...shown, rest] : shown;
    })
    .map((annotation) => `${commandOf(annotation)}\n`)
    .join("");
}

/** For the file that `GITHUB_STEP_SUMMARY` names; GitHub takes up to 1 MiB. */
export function renderStepSummary(data: ReportData): string {
  return renderMarkdown(data, summaryLimit);
}

function annotationsOf(data: ReportData): readonly Annotation[] {
  switch (data.type) {
    case "findings":
      return audible(data.findings).map(ofFinding);
    case "plan":
      return [...ofBlockers(data.plan.blockers, data.plan), ...audible(data.findings).map(ofFinding)];
    case "apply":
      return [...ofApply(data), ...audible(data.findings).map(ofFinding)];
    case "test":
      return ofTest(data);
    case "drill":
      return ofDrill(data);
    case "error": {
      const { message, hint } = data.error;
      return [
        { level: "error", title: "kuma-sync", lines: [message, ...(hint === undefined ? [] : [`help: ${hint}`])] },
      ];
    }
    default:
      return data satisfies never;
  }
}

function ofFinding({ code, severity, message, at, hint, why, fix }: Finding): Annotation {
  const level = severity === "info" ? "notice" : severity;
  const more = [
    ...(hint === undefined ? [] : [`help: ${hint}`]),
    ...(fix === undefined ? [] : [`fix: ${fixText(fix)}`]),
    ...(why === undefined ? [] : [`why: ${why}`]),
  ];
  return { level, title: code, lines: [message, ...more], at };
}

/** At the first declaration that a blocker is about. */
function ofBlockers(blockers: readonly Blocker[], plan: Plan): readonly Annotation[] {
  const places = placesOf(plan);
  return blockers.map(({ code, message, keys, waysOn }) => ({
    level: "error",
    title: code,
    lines: [message, "What you can do:", ...waysOn.map((way) => `- ${way}`)],
    at: keys.map((key) => places.get(key)).find((at) => at !== undefined),
  }));
}

function ofApply({ plan, report, result, refusal }: ApplyData): readonly Annotation[] {
  const places = placesOf(plan);
  const failed = (report?.outcomes ?? []).flatMap((outcome): readonly Annotation[] => {
    if (outcome.result !== "failed") return [];
    const { message, hint } = outcome.error;
    const what = `${actionVerbs[outcome.action]} ${outcome.key} failed: ${message}`;
    return [
      {
        level: "error",
        title: "step failed",
        lines: [what, ...(hint === undefined ? [] : [`help: ${hint}`])],
        at: places.get(outcome.key),
      },
    ];
  });
  const { steps: remaining, blockers: left } =
    report?.verification.state === "remaining" ? report.verification : { steps: [], blockers: [] };
  return [
    ...(result === "refused" ? ofBlockers(plan.blockers, plan) : []),
    ...(refusal === undefined ? [] : [{ level: "error", title: "refused", lines: [refusal] } as const]),
    ...failed,
    ...remaining.map(({ key, action }): Annotation => ({
      level: "error",
      title: "not converged",
      lines: [`${key} still differs after the last write: ${actionVerbs[action]}`],
      at: places.get(key),
    })),
    ...ofBlockers(left, plan),
  ];
}

function ofTest({ monitors, probes = [] }: TestData): readonly Annotation[] {
  return [
    ...monitors.flatMap(({ findings }) => audible(findings).map(ofFinding)),
    ...probes
      .filter(({ status }) => status === "down")
      .map(({ key, message }): Annotation => ({ level: "error", title: "down", lines: [`${key}: ${message}`] })),
  ];
}

function ofDrill({ monitors }: DrillData): readonly Annotation[] {
  return monitors.flatMap((monitor) =>
    drillProblems(monitor).map((problem): Annotation => ({
      level: "error",
      title: "drill",
      lines: [`${monitor.key}: ${drillProblemText(problem, monitor)}`],
    })),
  );
}

function placesOf({ steps }: Plan): ReadonlyMap<string, SourceSpan> {
  return new Map(
    steps.flatMap((step) => ("at" in step && step.at !== undefined ? [[step.key, step.at] as const] : [])),
  );
}

function commandOf({ level, title, lines, at }: Annotation): string {
  const { file, line, column, endLine, endColumn } = at ?? {};
  const isOneLine = line === endLine;
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`, `line=${line}`]),
    // GitHub accepts columns only within one line.
    ...(file === undefined || !isOneLine ? [] : [`col=${column}`, `endColumn=${endColumn}`]),
    `title=${property(title)}`,
  ];
  const message = lines.map((each) => escapeMessage(clip(inert(each), longestMessage))).join("%0A");
  return `::${level} ${properties.join(",")}::${message}`;
}

/** Escapes the message after the second `::`, as `actions/toolkit` does. */
function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return escapeMessage(inert(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
