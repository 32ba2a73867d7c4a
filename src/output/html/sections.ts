/** The parts of a page besides its steps; undefined if there is nothing to show. */
import { audible, type Finding } from "../../model/finding.ts";
import type { Blocker, Plan } from "../../model/plan.ts";
import type { ShownSources } from "../../model/shown-line.ts";
import { plainFrame } from "../layout/plain-frame.ts";
import { actionCounts, actionVerbs, restCounts } from "../words/actions.ts";
import { costNote, costTable, impactNotes } from "../words/consequences.ts";
import { plural } from "../words/counts.ts";
import { chooseShown, fixText, silencedWords } from "../words/findings.ts";
import { partialNote, serverText } from "../words/plan.ts";
import { code, html, lines, partOfInert, htmlProse, type Markup } from "./markup.ts";
import { actionColors } from "./step.ts";

const mostBlockers = 30;
const mostKeys = 20;
const mostLosses = 60;
const mostRows = 200;

export function leadHtml(plan: Plan): Markup {
  const partial = partialNote(plan);
  const counts = actionCounts(plan.summary).map(
    ({ action, count }) => html`<li class="${actionColors[action]}">${count} to ${actionVerbs[action]}</li>`,
  );
  const rest = restCounts(plan.summary).join(", ");
  return lines([
    html`<p>Project ${code(plan.project)} at ${serverText(plan.server)}</p>`,
    counts.length === 0 ? undefined : html`<ul class="counts">${counts}</ul>`,
    rest === "" ? undefined : html`<p class="dim">${rest}</p>`,
    partial === undefined
      ? undefined
      : html`<p class="box yellow"><span class="say">PARTIAL PLAN:</span> ${partial}</p>`,
    plan.ledgerNote === undefined ? undefined : html`<p class="dim">Note: ${htmlProse(plan.ledgerNote)}</p>`,
  ]);
}

export function blockersHtml(blockers: readonly Blocker[]): Markup | undefined {
  if (blockers.length === 0) return undefined;
  const left = blockers.length - mostBlockers;
  return lines([
    html`<h2>Blocked</h2>`,
    ...blockers.slice(0, mostBlockers).map(blockerHtml),
    left > 0 ? html`<p>and ${plural(left, "more problem")}</p>` : undefined,
  ]);
}

function blockerHtml({ code: id, message, keys, waysOn }: Blocker): Markup {
  const left = keys.length - mostKeys;
  const named = keys.slice(0, mostKeys).map((key, index) => html`${index > 0 && ", "}${code(key)}`);
  return html`<div class="box red"><p class="say">${htmlProse(message)} <span class="tag">${id}</span></p>${
    keys.length > 0 && html`<p>${named}${left > 0 && ` and ${left} more`}</p>`
  }<p>What you can do:</p><ul>${waysOn.map((way) => html`<li>${htmlProse(way)}</li>`)}</ul></div>`;
}

export function consequencesHtml({ impact, cost }: Plan): Markup | undefined {
  const notes = impactNotes(impact, "→", mostLosses);
  const money = costNote(cost, "→");
  if (notes.length === 0 && money === undefined) return undefined;
  return lines([
    html`<h2>What it means</h2>`,
    ...notes.map((note) => html`<p>${note}</p>`),
    ...(money === undefined ? [] : [html`<p>${money}</p>`, costHtml(cost)]),
  ]);
}

function costHtml(cost: Plan["cost"]): Markup {
  const [head = [], ...rows] = costTable(cost, "→");
  const left = rows.length - mostRows;
  return lines([
    html`<details><summary>Completions by monitor</summary>`,
    html`<table class="num"><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows
      .slice(0, mostRows)
      .map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`,
    html`${left > 0 && html`<p>and ${left} more</p>`}</details>`,
  ]);
}

const severityColors = { error: "red", warning: "yellow", info: "blue" } as const;

/** Errors first, if not all findings are shown. */
export function findingsHtml(all: readonly Finding[], sources: ShownSources): Markup | undefined {
  if (all.length === 0) return undefined;
  const findings = audible(all);
  const quiet = silencedWords(all);
  const shown = chooseShown(findings);
  const left = findings.length - shown.length;
  return lines([
    html`<h2>Findings</h2>`,
    ...shown.map((finding) => findingHtml(finding, sources)),
    left > 0 ? html`<p>and ${plural(left, "more finding")}</p>` : undefined,
    quiet === "" ? undefined : html`<p class="dim">${quiet}</p>`,
  ]);
}

function findingHtml(finding: Finding, sources: ShownSources): Markup {
  const { severity, code: id, message, at, hint, why, fix } = finding;
  const frame = plainFrame(finding, sources);
  const place = at !== undefined && html`<span class="place">${htmlProse(`${at.file}:${at.line}:${at.column}`)}</span>`;
  const source = html`<pre>${partOfInert(frame.join("\n"))}</pre>`;
  const help = frame.length > 0 ? source : hint !== undefined && html`<p>Help: ${htmlProse(hint)}</p>`;
  return html`<div class="box ${severityColors[severity]}"><p>${place}<span class="say">${severity} ${id}</span> ${htmlProse(message)}</p>${help}${
    fix !== undefined && html`<p>Fix: ${htmlProse(fixText(fix))}</p>`
  }${why !== undefined && html`<p>Why: ${htmlProse(why)}</p>`}</div>`;
}
