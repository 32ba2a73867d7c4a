/** What an apply did and what is left, printed at its end. Successful steps were printed when they finished. */
import { countText } from "../words/actions.ts";
import type { Plan } from "../../model/plan.ts";
import type { ApplyReport, Verification } from "../../model/progress.ts";
import { inert } from "../inert.ts";
import { actionVerbs } from "../words/actions.ts";
import { convergedText } from "../words/plan.ts";
import { fieldName } from "../words/field.ts";
import type { Style, TextOptions } from "../style.ts";
import { renderBlockers } from "./blockers.ts";
import { durationText } from "../../model/duration.ts";
import { plural } from "../words/counts.ts";
import { failureLines } from "./progress.ts";
import { skipReason } from "../words/step.ts";

const mostShown = 20;

export function renderReport(
  report: ApplyReport,
  { style, plan, ms }: TextOptions & { readonly plan: Plan; readonly ms: number },
): string {
  const failed = report.outcomes.filter((outcome) => outcome.result === "failed");
  const skipped = report.outcomes.filter((outcome) => outcome.result === "skipped");
  const blocks = [
    failed.flatMap((outcome) => [
      `${style.red("failed:")} ${actionVerbs[outcome.action]} ${style.bold(inert(outcome.key))}`,
      ...failureLines(outcome.error, style),
    ]),
    capped(
      skipped.map(
        ({ action, key, because }) =>
          `${style.yellow("skipped:")} ${actionVerbs[action]} ${inert(key)}: ${skipReason(because)}`,
      ),
    ),
    verificationLines(report, style),
    blockerLines(report, style),
  ].filter((lines) => lines.length > 0);
  const head = report.ok ? style.green("Applied:") : style.red(report.interrupted ? "Interrupted:" : "Not complete:");
  const verified = report.verification.state === "converged" ? ` ${convergedText(plan)}` : "";
  const summary = `${style.bold(head)} ${countText(report.outcomes)} in ${durationText(ms)}.${verified}`;
  return [...blocks.flatMap((lines) => [...lines, ""]), summary, ""].join("\n");
}

/** Failed and skipped steps are expected to be left, so only steps that were done and still differ are listed. */
function verificationLines({ outcomes, verification }: ApplyReport, style: Style): string[] {
  if (verification.state === "converged") return [];
  if (verification.state === "unknown") {
    return [`${style.yellow("not verified:")} ${inert(verification.reason)}; run plan to see where things stand`];
  }
  const done = new Set(outcomes.filter(({ result }) => result === "done").map(({ key }) => key));
  const news = verification.steps.filter(
    ({ key }) => done.has(key) || !outcomes.some((outcome) => outcome.key === key),
  );
  if (news.length === 0) return [];
  return [
    `${style.red("not converged:")} ${plural(news.length, "object")} still ${news.length === 1 ? "differs" : "differ"} after the last write`,
    ...capped(news.map((step) => remainingText(step))),
  ];
}

/** A failed or skipped step often blocks the next plan. It was reported above, so its blockers are left out. */
function blockerLines({ outcomes, verification }: ApplyReport, style: Style): string[] {
  if (verification.state !== "remaining") return [];
  const undone = new Set<string>(outcomes.filter(({ result }) => result !== "done").map(({ key }) => key));
  const news = verification.blockers.filter(({ keys }) => keys.length === 0 || keys.some((key) => !undone.has(key)));
  if (news.length === 0) return [];
  const lines = renderBlockers(news, style);
  return [`${style.red("not converged:")} ${plural(news.length, "problem")} left on the server`, ...lines.slice(0, -1)];
}

function remainingText({ action, key, paths }: Extract<Verification, { state: "remaining" }>["steps"][number]): string {
  const fields = paths.length === 0 ? "" : `: ${paths.map((path) => inert(fieldName(path))).join(", ")}`;
  return `    ${actionVerbs[action]} ${inert(key)}${fields}`;
}

function capped(lines: readonly string[]): string[] {
  const left = lines.length - mostShown;
  return left > 0 ? [...lines.slice(0, mostShown), `    and ${left} more`] : [...lines];
}
