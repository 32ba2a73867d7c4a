/** Findings of the query lab about an expression on the command line, with places in it. */
import { queryCodes } from "../../config/rules/query-codes.ts";
import type { Finding } from "../../model/finding.ts";
import { openLines, type ShownSources } from "../../model/shown-line.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { splitLines } from "../../output/layout/code-frame.ts";
import type { Json } from "../../model/json.ts";
import type { QueryRule } from "../../query/check.ts";
import type { ExperimentFinding } from "../../query/experiment/experiment-report.ts";
import type { LintFinding } from "../../query/lint/lint-context.ts";
import { lintQuery } from "../../query/lint/lint-query.ts";

/** The names of the texts that findings point into. */
const names = { query: "query", operator: "--operator", expected: "--expect" } as const;

/** What code frames show: all of it, because who typed it sees it anyway. */
export function shownQuery(rule: QueryRule): ShownSources {
  return new Map([...querySources(rule)].map(([name, text]) => [name, openLines(splitLines(text))]));
}

/** The texts by these names. */
function querySources({ query, operator, expected }: QueryRule): ReadonlyMap<string, string> {
  return new Map([
    [names.query, query ?? ""],
    [names.operator, operator ?? ""],
    [names.expected, expected ?? ""],
  ]);
}

/** Without an expected value, there are no findings about the comparison. */
export async function lintFindings(
  rule: QueryRule,
  server: string,
  sample: Json | undefined,
): Promise<readonly Finding[]> {
  const { query: text, operator, expected } = rule;
  const about = sample === undefined ? {} : { sample };
  const found = await lintQuery({ text, operator, expected, servers: [server], ...about });
  return found
    .filter(({ field }) => field === "query" || (field !== "monitor" && rule.expected !== null))
    .map((finding) => fromLint(finding, querySources(rule)));
}

function fromLint(finding: LintFinding, sources: ReadonlyMap<string, string>): Finding {
  const { rule, severity, field, message, hint, why, start, end } = finding;
  const file = field === "monitor" ? names.query : names[field];
  return {
    code: queryCodes[rule],
    severity,
    message,
    at: spanIn(file, sources.get(file) ?? "", [start, end]),
    ...(hint === undefined ? {} : { hint }),
    ...(why === undefined ? {} : { why }),
  };
}

/** Findings about the whole query. */
export function experimentFindings(findings: readonly ExperimentFinding[], { query }: QueryRule): readonly Finding[] {
  const text = query ?? "";
  const at = spanIn(names.query, text, [0, text.length]);
  return findings.map(({ rule, ...finding }) => ({ code: queryCodes[rule], ...finding, at }));
}

function spanIn(file: string, text: string, [start, end]: readonly [start: number, end: number]): SourceSpan {
  const from = placeOf(text, start);
  const to = placeOf(text, Math.max(end, start + 1));
  return { file, ...from, endLine: to.line, endColumn: to.column };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/u);
  const column = (before.at(-1)?.length ?? 0) + 1;
  // A place past the end means that something is missing there.
  return { line: before.length, column: column + Math.max(0, offset - text.length) };
}
