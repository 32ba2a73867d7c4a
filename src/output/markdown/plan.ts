/**
 * A plan as the comment of a pull request. A hidden tag lets later runs find it. What cannot be undone is shown first
 * and unfolded, the rest is folded. It stays within its limit and reports what it left out.
 */
import type { Finding } from "../../model/finding.ts";
import { type Blocker, type Plan, hasChanges } from "../../model/plan.ts";
import { splitFolds } from "../layout/folds.ts";
import { plural } from "../words/counts.ts";
import { actionCounts, actionVerbs, restCounts } from "../words/actions.ts";
import { costNote, costTable, impactNotes } from "../words/consequences.ts";
import { matchedText, partialNote, serverName, serverText } from "../words/plan.ts";
import { commentLimit, composeDocument, type Section } from "./budget.ts";
import { codeSpan, hiddenTag, markdownProse } from "./escape.ts";
import { doubtsSection, type FindingsContext } from "./findings.ts";
import { deleteLine, details, foldBlock, stepBlock } from "./step.ts";

const mostLosses = 20;
const mostCosts = 50;
const mostKeys = 10;

export interface MarkdownPlanOptions extends FindingsContext {
  readonly findings: readonly Finding[];
  /** The name of the server in the configuration. Default: its host. */
  readonly target?: string | undefined;
  /** Bytes. Default: the limit of a comment. */
  readonly limit?: number;
}

export function renderPlanMarkdown(plan: Plan, options: MarkdownPlanOptions): string {
  const tag = tagOf(plan, options.target);
  if (!hasChanges(plan)) {
    return `${tag}\n**kuma-sync:** no changes. ${markdownProse(matchedText(plan))} ${codeSpan(plan.server.url)}.${scopeText(plan)}\n`;
  }
  const rest = restCounts(plan.summary).join(", ");
  const head = [
    tag,
    `### kuma-sync: ${headline(plan)}`,
    "",
    `Project ${codeSpan(plan.project)} at ${codeSpan(serverText(plan.server))}.${rest === "" ? "" : ` ${rest}.`}${scopeText(plan)}`,
  ].join("\n");
  return composeDocument(head, planSections(plan, options), options.limit ?? commentLimit);
}

export function tagOf(plan: Plan, target: string | undefined): string {
  return hiddenTag(plan.project, serverName(plan, target));
}

/**
 * Each share is of what earlier sections left, so the steps get everything that the more urgent sections do not use.
 */
function planSections(plan: Plan, { findings, sources }: MarkdownPlanOptions): readonly Section[] {
  const deletes = plan.steps.filter((step) => step.action === "delete");
  return [
    blockersSection(plan.blockers),
    {
      heading: "#### Deletes",
      blocks: deletes.map((step) => () => deleteLine(step)),
      share: 0.4,
      more: (left) => `- and ${plural(left, "more delete")}`,
      gap: "\n",
    },
    consequencesSection(plan),
    doubtsSection(findings, { sources }),
    stepsSection(plan),
  ];
}

export function blockersSection(blockers: readonly Blocker[]): Section {
  return {
    heading: "#### Blocked",
    blocks: blockers.map((blocker) => () => blockerBlock(blocker)),
    share: 0.4,
    more: (left) => `- and ${plural(left, "more problem")}`,
    gap: "\n",
  };
}

function blockerBlock({ code, message, keys, waysOn }: Blocker): string {
  const shown = keys.slice(0, mostKeys).map(codeSpan);
  const left = keys.length - shown.length;
  return [
    `- **${code}** ${markdownProse(message)}`,
    ...(shown.length === 0 ? [] : [`  - ${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`]),
    "  - What you can do:",
    ...waysOn.map((way) => `    - ${markdownProse(way)}`),
  ].join("\n");
}

function consequencesSection({ impact, cost }: Plan): Section {
  const money = costNote(cost, "→");
  const [head, ...rows] = costTable(cost, "→");
  const table = (): string =>
    [
      `| ${head?.join(" | ") ?? ""} |`,
      "| --- | ---: | ---: |",
      ...rows
        .slice(0, mostCosts)
        .map(([key, completions, tokens]) => `| ${codeSpan(key)} | ${completions} | ${tokens} |`),
      ...(rows.length > mostCosts ? [`| and ${rows.length - mostCosts} more | | |`] : []),
    ].join("\n");
  return {
    heading: "",
    blocks: [
      ...impactNotes(impact, "→", mostLosses).map((note) => () => markdownProse(note)),
      ...(money === undefined ? [] : [() => markdownProse(money), () => details("completions by monitor", table())]),
    ],
    share: 0.3,
    more: () => "and more of what would change for those on call",
    gap: "\n\n",
  };
}

function stepsSection({ steps }: Plan): Section {
  const { single, folds } = splitFolds(steps.filter((step) => step.action !== "delete"));
  return {
    heading: steps.every((step) => step.action === "delete") ? "" : "#### Changes",
    blocks: [...folds.map((fold) => () => foldBlock(fold)), ...single.map((step) => () => stepBlock(step))],
    share: 1,
    more: (left) => `and ${plural(left, "more change")}, not shown here`,
    gap: "\n",
  };
}

function headline({ summary, blockers }: Plan): string {
  const counts = actionCounts(summary).map(({ action, count }) => `${count} to ${actionVerbs[action]}`);
  const blocked = blockers.length === 0 ? "" : `; blocked by ${plural(blockers.length, "problem")}`;
  return `${counts.length === 0 ? "nothing to do" : counts.join(", ")}${blocked}`;
}

function scopeText(plan: Plan): string {
  const partial = partialNote(plan);
  const note = plan.ledgerNote === undefined ? "" : ` Note: ${markdownProse(plan.ledgerNote)}.`;
  return `${partial === undefined ? "" : ` **PARTIAL PLAN:** ${partial}.`}${note}`;
}
