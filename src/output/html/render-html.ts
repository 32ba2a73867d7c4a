/** One self-contained page about a run. */
import { hasErrors } from "../../model/finding.ts";
import { hasChanges, type Plan } from "../../model/plan.ts";
import type { ApplyData, PlanData, ReportData } from "../../model/report-data.ts";
import { actionVerbs, countText } from "../words/actions.ts";
import { heartbeatWords, resultWords } from "../words/apply-result.ts";
import { fieldName } from "../words/field.ts";
import { convergedText, serverName } from "../words/plan.ts";
import { durationText } from "../../model/duration.ts";
import { renderDrillPage } from "./drill.ts";
import { code, html, lines, htmlProse, type Markup } from "./markup.ts";
import { renderPage } from "./page.ts";
import { blockersHtml, consequencesHtml, findingsHtml, leadHtml } from "./sections.ts";
import { stepsHtml } from "./steps.ts";

export function renderHtml(data: ReportData): string {
  switch (data.type) {
    case "plan":
      return renderPlanPage(data);
    case "apply":
      return renderApplyPage(data);
    case "findings": {
      const title =
        data.outcome.type === "not-up"
          ? "The sample or a test of a monitor fails"
          : hasErrors(data.findings)
            ? "The configuration is not valid"
            : "The configuration is valid";
      return renderPage({ title, main: lines([findingsHtml(data.findings, data.sources)]) });
    }
    case "error": {
      const { message, hint } = data.error;
      const help = hint !== undefined && html`<p>Help: ${htmlProse(hint)}</p>`;
      const main = html`<div class="box red"><p class="say">${htmlProse(message)}</p>${help}</div>`;
      return renderPage({ title: "kuma-sync failed", main });
    }
    case "test": {
      const findings = data.monitors.flatMap((monitor) => monitor.findings);
      return renderPage({ title: "Tests", main: lines([findingsHtml(findings, new Map())]) });
    }
    case "drill":
      return renderDrillPage(data);
    default:
      return data satisfies never;
  }
}

function renderPlanPage({ plan, findings, sources, target, ms }: PlanData): string {
  const where = titlePlace(plan, target);
  return renderPage({
    title: hasChanges(plan) ? `Plan for ${where}` : `No changes for ${where}`,
    lead: leadHtml(plan),
    main: lines([
      blockersHtml(plan.blockers),
      consequencesHtml(plan),
      findingsHtml(findings, sources),
      stepsHtml(plan.steps, { blocked: blockedKeys(plan), outcomes: new Map() }),
      html`<p class="dim">Planned in ${durationText(ms)}.</p>`,
    ]),
  });
}

function renderApplyPage(data: ApplyData): string {
  const { plan, result, refusal, report, findings, sources, target, ms } = data;
  const outcomes = new Map((report?.outcomes ?? []).map((outcome) => [outcome.key as string, outcome]));
  const isRefused = result === "refused";
  return renderPage({
    title: `${titlePlace(plan, target)}: ${resultWords[result]}`,
    lead: leadHtml(plan),
    main: lines([
      refusal === undefined ? undefined : html`<p class="box red"><span class="say">${htmlProse(refusal)}</span></p>`,
      report === undefined
        ? undefined
        : html`<p>${countText(report.outcomes)} in ${durationText(ms)}.${verifiedText(data)}</p>`,
      isRefused ? blockersHtml(plan.blockers) : undefined,
      remainingHtml(data),
      heartbeatsHtml(data),
      consequencesHtml(plan),
      findingsHtml(findings, sources),
      stepsHtml(plan.steps, { blocked: isRefused ? blockedKeys(plan) : new Map(), outcomes }),
    ]),
  });
}

function verifiedText({ plan, report }: ApplyData): string {
  if (report?.verification.state === "unknown") return ` Not verified: ${htmlProse(report.verification.reason)}.`;
  return report?.verification.state === "converged" ? ` ${htmlProse(convergedText(plan))}` : "";
}

function remainingHtml({ report }: ApplyData): Markup | undefined {
  if (report?.verification.state !== "remaining") return undefined;
  const { steps, blockers } = report.verification;
  return listHtml("Still different after the last write", [
    ...steps.map(({ action, key, paths }) => {
      const fields = paths.map((path) => htmlProse(fieldName(path))).join(", ");
      return html`<li>${actionVerbs[action]} ${code(key)}${paths.length > 0 && `: ${fields}`}</li>`;
    }),
    ...blockers.map((blocker) => html`<li>${htmlProse(blocker.message)} [${blocker.code}]</li>`),
  ]);
}

function heartbeatsHtml({ firstHeartbeats = [] }: ApplyData): Markup | undefined {
  return listHtml(
    "Not up",
    firstHeartbeats
      .filter(({ state }) => state !== "up" && state !== "maintenance")
      .map((beat) => html`<li>${code(beat.key)} ${heartbeatWords(beat)}: ${htmlProse(beat.message)}</li>`),
  );
}

const mostItems = 200;

function listHtml(heading: string, items: readonly Markup[]): Markup | undefined {
  if (items.length === 0) return undefined;
  const left = items.length - mostItems;
  return html`<h2>${heading}</h2>
<ul>${items.slice(0, mostItems)}</ul>${left > 0 && html`<p>and ${left} more</p>`}`;
}

function titlePlace(plan: Plan, target: string | undefined): string {
  return `${plan.project} at ${serverName(plan, target)}`;
}

function blockedKeys({ blockers }: Plan): ReadonlyMap<string, string> {
  return new Map(blockers.flatMap(({ keys, code: id }) => keys.map((key) => [key as string, id] as const)));
}
