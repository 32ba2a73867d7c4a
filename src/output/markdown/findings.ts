/** Findings in Markdown: errors first, each with its place and source line. */
import { countWords, fixText, silencedWords } from "../words/findings.ts";
import { audible, compareFindings, type Finding } from "../../model/finding.ts";
import type { ShownSources } from "../../model/shown-line.ts";
import { plural } from "../words/counts.ts";
import { plainFrame } from "../layout/plain-frame.ts";
import { commentLimit, composeDocument, type Section } from "./budget.ts";
import { codeSpan, fence, hiddenTag, markdownProse } from "./escape.ts";

export interface FindingsContext {
  /** The text of each file, by the name that findings use. */
  readonly sources: ShownSources;
}

export function renderFindingsMarkdown(
  findings: readonly Finding[],
  { sources, project, limit = commentLimit }: FindingsContext & { readonly project: string; readonly limit?: number },
): string {
  const tag = hiddenTag(project, "validate");
  const quiet = silencedWords(findings);
  const more = quiet === "" ? "" : `, ${quiet}`;
  if (audible(findings).length === 0) return `${tag}\n**kuma-sync:** the configuration is valid${more}.\n`;
  return composeDocument(
    `${tag}\n### kuma-sync: ${countWords(audible(findings))}${more}`,
    [{ ...findingsSection(findings, { sources }), heading: "", share: 1 }],
    limit,
  );
}

/** Without notes, which only `validate` shows. */
export function doubtsSection(findings: readonly Finding[], context: FindingsContext): Section {
  return findingsSection(
    findings.filter(({ severity }) => severity !== "info"),
    context,
  );
}

function findingsSection(findings: readonly Finding[], { sources }: FindingsContext): Section {
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = audible(findings).toSorted(
    (left, right) => rank[left.severity] - rank[right.severity] || compareFindings(left, right),
  );
  return {
    heading: "#### Findings",
    blocks: sorted.map((finding) => () => findingBlock(finding, sources)),
    share: 0.3,
    more: (left) => `and ${plural(left, "more finding")}`,
    gap: "\n\n",
  };
}

function findingBlock(finding: Finding, sources: ShownSources): string {
  const { code, severity, message, at, hint, why, fix } = finding;
  const place = at === undefined ? "" : ` ${codeSpan(`${at.file}:${at.line}:${at.column}`)}`;
  const frame = plainFrame(finding, sources);
  return [
    `**${severity}** ${code}${place} ${markdownProse(message)}`,
    ...(frame.length > 0 ? ["", fence(frame)] : hint === undefined ? [] : [`<br>help: ${markdownProse(hint)}`]),
    ...(fix === undefined ? [] : [`${frame.length > 0 ? "" : "<br>"}fix: ${markdownProse(fixText(fix))}`]),
    ...(why === undefined ? [] : [`${frame.length > 0 && fix === undefined ? "" : "<br>"}why: ${markdownProse(why)}`]),
  ].join("\n");
}
