/**
 * Findings as compilers show them: a first line that editors and problem matchers can read, the source with a caret, the
 * guess beside the caret, and the reason below.
 */
import { chooseShown } from "../words/findings.ts";
import { type Finding, type SourceSpan } from "../../model/finding.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { frameLine, splitLines } from "../layout/code-frame.ts";
import { joinWords, plural } from "../words/counts.ts";
import { shorten } from "../layout/columns.ts";

export interface FindingsOptions extends TextOptions {
  /** The text of each file, by the name that findings use. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Empty text when there are no findings; otherwise ends with a line that counts them. */
export function renderFindings(findings: readonly Finding[], options: FindingsOptions): string {
  if (findings.length === 0) return "";
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = lines.get(file) ?? splitLines(options.sources.get(file) ?? "");
    lines.set(file, known);
    return known;
  };
  const shown = chooseShown(findings);
  const blocks = shown.map((finding) => renderFinding(finding, { ...options, linesOf }));
  const hidden = findings.length - shown.length;
  const rest = hidden > 0 ? [options.style.dim(`and ${plural(hidden, "more finding")}, not shown`), ""] : [];
  return [...blocks.flat(), ...rest, countFindings(findings, options.style), ""].join("\n");
}

interface BlockOptions extends FindingsOptions {
  readonly linesOf: (file: string) => readonly string[];
}

function renderFinding(finding: Finding, { style, width, linesOf }: BlockOptions): string[] {
  const { at, related, hint, why } = finding;
  const place = at === undefined ? "" : `${placeText(at)}: `;
  const head = `${style.bold(place)}${severityText(finding, style)} ${style.bold(inert(finding.message))} ${style.dim(`[${finding.code}]`)}`;
  const digits = String(Math.max(at?.line ?? 0, related?.at.line ?? 0)).length;
  const gutter = style.dim(`${" ".repeat(digits + 2)}|`);
  const paint = finding.severity === "error" ? style.red : style.yellow;

  const main = at === undefined ? undefined : marked(at, { linesOf, width, digits, style });
  const block = [head];
  if (main !== undefined) {
    const beside = hint ?? (related === undefined ? "" : "used here");
    block.push(gutter, ...main("^~", paint, inert(beside)));
  }
  if (related !== undefined) {
    block.push(style.dim(`${" ".repeat(digits + 1)}::: ${placeText(related.at)}`));
    const second = marked(related.at, { linesOf, width, digits, style });
    if (second === undefined) block.push(` note: ${inert(related.message)}`);
    else block.push(...second("--", style.cyan, inert(related.message)));
  }
  if (main !== undefined && why !== undefined) block.push(gutter);
  if (main === undefined && hint !== undefined) block.push(` ${style.bold("help:")} ${inert(hint)}`);
  if (why !== undefined) block.push(` ${style.bold("why:")} ${inert(why)}`);
  return [...block, ""];
}

interface MarkOptions {
  readonly linesOf: (file: string) => readonly string[];
  readonly width: number;
  readonly digits: number;
  readonly style: Style;
}

type Marks = (marks: "^~" | "--", paint: (text: string) => string, beside: string) => string[];

/** The source line and the line of marks under it; undefined when the source is not at hand. */
function marked(at: SourceSpan, { linesOf, width, digits, style }: MarkOptions): Marks | undefined {
  const frame = frameLine(linesOf(at.file), at, Math.max(40, width - digits - 4));
  if (frame === undefined) return undefined;
  const number = String(at.line).padStart(digits);
  return ([first, more], paint, beside) => [
    `${style.dim(` ${number} |`)} ${frame.line}`.trimEnd(),
    `${style.dim(`${" ".repeat(digits + 2)}|`)} ${" ".repeat(frame.indent)}${paint(
      `${first}${(more ?? "").repeat(frame.length - 1)}${beside === "" ? "" : ` ${beside}`}`,
    )}`,
  ];
}

function placeText({ file, line, column }: SourceSpan): string {
  return `${inert(file)}:${line}:${column}`;
}

function severityText({ severity }: Finding, style: Style): string {
  const paint = { error: style.red, warning: style.yellow, info: style.cyan }[severity];
  return paint(`${severity}:`);
}

/** `2 errors and 1 warning in 2 files` */
function countFindings(findings: readonly Finding[], style: Style): string {
  const count = (severity: Finding["severity"]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const files = new Set(findings.flatMap(({ at }) => (at === undefined ? [] : [at.file])));
  const counts = [
    count("error") > 0 ? style.red(plural(count("error"), "error")) : "",
    count("warning") > 0 ? style.yellow(plural(count("warning"), "warning")) : "",
    count("info") > 0 ? style.cyan(plural(count("info"), "note")) : "",
  ].filter((text) => text !== "");
  const [only] = files;
  const where =
    files.size === 0
      ? ""
      : files.size === 1
        ? ` in ${shorten(inert(only ?? ""), 60, "...")}`
        : ` in ${files.size} files`;
  return `${joinWords(counts)}${where}`;
}
