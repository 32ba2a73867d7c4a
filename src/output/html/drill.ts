/** A drill as a page: every variant of every monitor, and the notification that arrived. */
import { drillProblems, drillState, type DrilledMonitor, type DrilledVariant } from "../../model/drilled-monitor.ts";
import { durationText } from "../../model/duration.ts";
import type { DrillData } from "../../model/report-data.ts";
import { drillAdvice, drillProblemText, drillSummary } from "../words/drill.ts";
import { code, html, htmlProse, lines, type Markup } from "./markup.ts";
import { renderPage } from "./page.ts";

export function renderDrillPage({ project, on, server, monitors, ms }: DrillData): string {
  const drilled = monitors.filter(({ skipped }) => skipped === undefined);
  const skipped = monitors.filter((monitor) => monitor.skipped !== undefined);
  const place = on === "sandbox" ? "a throwaway" : "the real";
  return renderPage({
    title: `Drill of ${project}`,
    lead: html`<p>${htmlProse(drillSummary(monitors, ms))} On ${place} Uptime Kuma ${htmlProse(server.version)}.</p>`,
    main: lines([
      ...drilled.map(monitorHtml),
      skipped.length === 0
        ? undefined
        : html`<h2>Not drilled</h2>
<ul>${skipped.map(({ key, skipped: reason = "" }) => html`<li>${code(key)} ${htmlProse(reason)}</li>`)}</ul>`,
    ]),
  });
}

const stateWords = { pass: "passed", fail: "failed", disagree: "judged otherwise by the server", skipped: "" } as const;

function monitorHtml(monitor: DrilledMonitor): Markup {
  const { name, key, variants, total, notes, healthy } = monitor;
  const problems = drillProblems(monitor).map((problem) => drillProblemText(problem, monitor));
  const state = stateWords[drillState(monitor)];
  return lines([
    html`<h2>${htmlProse(name)} <span class="tag">${state}</span></h2>`,
    html`<p class="dim">${code(key)}${healthy !== undefined && html`, healthy response: ${healthy.status}, ${htmlProse(healthy.message)}`}</p>`,
    problems.length === 0
      ? undefined
      : html`<div class="box red"><ul>${problems.map((text) => html`<li>${htmlProse(text)}</li>`)}</ul>${drillAdvice(
          monitor,
        ).map((text) => html`<p>Help: ${htmlProse(text)}</p>`)}</div>`,
    variants.length === 0 ? undefined : variantsHtml(variants),
    ...notes.map((note) => html`<p class="dim">${htmlProse(note)}</p>`),
    total > variants.length && variants.length > 0
      ? html`<p class="dim">${variants.length} of ${total} variants; --all tries every one.</p>`
      : undefined,
  ]);
}

const heads = ["Response", "Shown", "test says", "Server's message", "Notification", "After"] as const;

function variantsHtml(variants: readonly DrilledVariant[]): Markup {
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${variants.map(
    ({ name, status, expect, message, alarm }) =>
      html`<tr><td>${htmlProse(name)}</td><td>${status}</td><td>${expect}</td><td>${htmlProse(message)}</td><td>${htmlProse(
        alarm?.text.trim() ?? "",
      )}</td><td>${alarm === undefined ? "" : durationText(alarm.ms)}</td></tr>`,
  )}</tbody></table>`;
}
