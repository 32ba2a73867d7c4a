/** One self-contained page of what a run has to say. */
import { hasErrors } from "../../model/finding.ts";
import { type Plan, hasChanges } from "../../model/plan.ts";
import { durationText } from "../words/time.ts";
import { countText, actionVerbs } from "../words/actions.ts";
import type { ApplyData, PlanData, ReportData } from "../../model/report-data.ts";
import { fieldName } from "../words/field.ts";
import { convergedText } from "../words/plan.ts";
import { code, escapeHtml, html } from "./escape.ts";
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
      const title = hasErrors(data.findings) ? "The configuration is not valid" : "The configuration is valid";
      return renderPage({ title, lead: "", main: findingsHtml(data.findings, data.sources) });
    }
    case "error": {
      const { message, hint } = data.error;
      const help = hint === undefined ? "" : `<p>Help: ${html(hint)}</p>`;
      const main = `<div class="box red"><p class="say">${html(message)}</p>${help}</div>`;
      return renderPage({ title: "kuma-sync failed", lead: "", main });
    }
    case "test":
      return renderPage({
        title: "Tests",
        lead: "",
        main: findingsHtml(
          data.monitors.flatMap(({ findings }) => findings),
          new Map(),
        ),
      });
    default:
      return data satisfies never;
  }
}

function renderPlanPage({ plan, findings, sources, target, ms }: PlanData): string {
  const where = titlePlace(plan, target);
  const title = hasChanges(plan) ? `Plan for ${where}` : `No changes for ${where}`;
  const main = [
    blockersHtml(plan.blockers),
    consequencesHtml(plan),
    findingsHtml(findings, sources),
    stepsHtml(plan.steps, { blocked: blockedKeys(plan), outcomes: new Map() }),
    `<p class="dim">Planned in ${durationText(ms)}.</p>`,
  ];
  return renderPage({ title, lead: leadHtml(plan), main: join(main) });
}

const resultTitles = {
  applied: "Applied to",
  unchanged: "No changes for",
  refused: "Refused, nothing was written to",
  stale: "Stale plan, nothing was written to",
  busy: "Another run is writing, nothing was written to",
  partial: "Not complete:",
  interrupted: "Interrupted:",
  "not-up": "Applied, but not every new monitor is up:",
} as const satisfies Record<ApplyData["result"], string>;

function renderApplyPage(data: ApplyData): string {
  const { plan, result, refusal, report, findings, sources, target, ms } = data;
  const outcomes = new Map((report?.outcomes ?? []).map((outcome) => [outcome.key as string, outcome]));
  const isRefused = result === "refused";
  const main = [
    refusal === undefined ? "" : `<p class="box red"><span class="say">${html(refusal)}</span></p>`,
    report === undefined
      ? ""
      : `<p>${escapeHtml(countText(report.outcomes))} in ${durationText(ms)}.${verifiedText(data)}</p>`,
    isRefused ? blockersHtml(plan.blockers) : "",
    remainingHtml(data),
    heartbeatsHtml(data),
    consequencesHtml(plan),
    findingsHtml(findings, sources),
    stepsHtml(plan.steps, {
      blocked: isRefused ? blockedKeys(plan) : new Map(),
      outcomes,
    }),
  ];
  return renderPage({
    title: `${resultTitles[result]} ${titlePlace(plan, target)}`,
    lead: leadHtml(plan),
    main: join(main),
  });
}

function verifiedText({ plan, report }: ApplyData): string {
  if (report?.verification.state === "unknown") return ` Not verified: ${html(report.verification.reason)}.`;
  return report?.verification.state === "converged" ? ` ${html(convergedText(plan))}` : "";
}

function remainingHtml({ report }: ApplyData): string {
  if (report?.verification.state !== "remaining") return "";
  const { steps, blockers } = report.verification;
  const items = [
    ...steps.map(
      ({ action, key, paths }) =>
        `<li>${actionVerbs[action]} ${code(key)}${paths.length === 0 ? "" : `: ${paths.map((path) => html(fieldName(path))).join(", ")}`}</li>`,
    ),
    ...blockers.map((blocker) => `<li>${html(blocker.message)} [${blocker.code}]</li>`),
  ];
  return `<h2>Still different after the last write</h2>\n<ul>${items.slice(0, mostItems).join("")}</ul>${restText(items)}`;
}

function heartbeatsHtml({ firstHeartbeats = [] }: ApplyData): string {
  const items = firstHeartbeats
    .filter(({ state }) => state !== "up" && state !== "maintenance")
    .map(
      ({ key, state, message }) =>
        `<li>${code(key)} ${state === "none" ? "no heartbeat" : html(state)}: ${html(message)}</li>`,
    );
  return items.length === 0 ? "" : `<h2>Not up</h2>\n<ul>${items.slice(0, mostItems).join("")}</ul>${restText(items)}`;
}

const mostItems = 200;

function restText(items: readonly string[]): string {
  return items.length > mostItems ? `<p>and ${items.length - mostItems} more</p>` : "";
}

function titlePlace({ project, server }: Plan, target: string | undefined): string {
  const host = URL.canParse(server.url) ? new URL(server.url).host : server.url;
  return `${project} at ${target ?? host}`;
}

function blockedKeys({ blockers }: Plan): ReadonlyMap<string, string> {
  return new Map(blockers.flatMap(({ keys, code: id }) => keys.map((key) => [key as string, id] as const)));
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
