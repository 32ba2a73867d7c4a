/** The parts of a page beside its steps. Each is empty when it has nothing to say. */
import type { Finding } from "../../model/finding.ts";
import type { Blocker, Plan } from "../../model/plan.ts";
import { chooseShown } from "../words/findings.ts";
import { plural } from "../words/counts.ts";
import { plainFrame } from "../layout/plain-frame.ts";
import { actionCounts, actionVerbs, restCounts } from "../words/actions.ts";
import { costNote, costTable, impactNotes } from "../words/consequences.ts";
import { partialNote, serverText } from "../words/plan.ts";
import { code, escapeHtml, html } from "./escape.ts";
import { actionColors } from "./step.ts";

const mostBlockers = 30;
const mostKeys = 20;
const mostLosses = 60;
const mostRows = 200;

export function leadHtml(plan: Plan): string {
  const partial = partialNote(plan);
  const counts = actionCounts(plan.summary).map(
    ({ action, count }) => `<li class="${actionColors[action]}">${count} to ${actionVerbs[action]}</li>`,
  );
  const rest = restCounts(plan.summary).join(", ");
  return [
    `<p>Project ${code(plan.project)} at ${escapeHtml(serverText(plan.server))}</p>`,
    counts.length === 0 ? "" : `<ul class="counts">${counts.join("")}</ul>`,
    rest === "" ? "" : `<p class="dim">${escapeHtml(rest)}</p>`,
    partial === undefined
      ? ""
      : `<p class="box yellow"><span class="say">PARTIAL PLAN:</span> ${escapeHtml(partial)}</p>`,
    plan.ledgerNote === undefined ? "" : `<p class="dim">Note: ${html(plan.ledgerNote)}</p>`,
  ].join("\n");
}

export function blockersHtml(blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return "";
  const boxes = blockers.slice(0, mostBlockers).map(({ code: id, message, keys, waysOn }) => {
    const left = keys.length - mostKeys;
    const named = keys.slice(0, mostKeys).map(code).join(", ");
    return [
      `<div class="box red"><p class="say">${html(message)} <span class="tag">${html(id)}</span></p>`,
      keys.length === 0 ? "" : `<p>${named}${left > 0 ? ` and ${left} more` : ""}</p>`,
      `<p>Ways on:</p><ul>${waysOn.map((way) => `<li>${html(way)}</li>`).join("")}</ul></div>`,
    ].join("");
  });
  const left = blockers.length - boxes.length;
  return `<h2>Blocked</h2>\n${boxes.join("\n")}${left > 0 ? `<p>and ${plural(left, "more problem")}</p>` : ""}`;
}

export function consequencesHtml({ impact, cost }: Plan): string {
  const notes = impactNotes(impact, "→", mostLosses);
  const money = costNote(cost, "→");
  if (notes.length === 0 && money === undefined) return "";
  return [
    "<h2>What it means</h2>",
    ...notes.map((note) => `<p>${escapeHtml(note)}</p>`),
    ...(money === undefined ? [] : [`<p>${escapeHtml(money)}</p>`, costHtml(cost)]),
  ].join("\n");
}

function costHtml(cost: Plan["cost"]): string {
  const [head = [], ...rows] = costTable(cost, "→");
  const left = rows.length - mostRows;
  const heads = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const lines = rows
    .slice(0, mostRows)
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`);
  return [
    "<details><summary>Completions by monitor</summary>",
    `<table class="num"><thead><tr>${heads}</tr></thead><tbody>${lines.join("")}</tbody></table>`,
    `${left > 0 ? `<p>and ${left} more</p>` : ""}</details>`,
  ].join("");
}

const severityColors = { error: "red", warning: "yellow", info: "blue" } as const;

/** Errors go first when not all of them are shown. */
export function findingsHtml(findings: readonly Finding[], sources: ReadonlyMap<string, string>): string {
  if (findings.length === 0) return "";
  const shown = chooseShown(findings);
  const left = findings.length - shown.length;
  return [
    "<h2>Findings</h2>",
    ...shown.map((finding) => findingHtml(finding, sources)),
    left > 0 ? `<p>and ${plural(left, "more finding")}</p>` : "",
  ].join("\n");
}

function findingHtml(finding: Finding, sources: ReadonlyMap<string, string>): string {
  const { severity, code: id, message, at, hint, why } = finding;
  const frame = plainFrame(finding, sources);
  const place = at === undefined ? "" : `<span class="place">${html(`${at.file}:${at.line}:${at.column}`)}</span>`;
  return [
    `<div class="box ${severityColors[severity]}"><p>${place}<span class="say">${severity} ${html(id)}</span> ${html(message)}</p>`,
    frame.length > 0
      ? `<pre>${frame.map(escapeHtml).join("\n")}</pre>`
      : hint === undefined
        ? ""
        : `<p>Help: ${html(hint)}</p>`,
    why === undefined ? "" : `<p>Why: ${html(why)}</p>`,
    "</div>",
  ].join("");
}
