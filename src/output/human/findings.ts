/**
 * Findings in the style of compilers: a first line that editors and problem matchers can parse, the source with a
 * caret, the suggestion beside the caret, and the reason below.
 */
import { chooseShown, fixText, severityCounts, silencedWords, suppressionWords } from "../words/findings.ts";
import { audible, type Finding } from "../../model/finding.ts";
import type { ShownSources } from "../../model/shown-line.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { frameLine } from "../layout/code-frame.ts";
import { columnsOf } from "../layout/columns.ts";
import { joinWords, plural } from "../words/counts.ts";
import { shorten } from "../layout/columns.ts";

export interface FindingsOptions extends TextOptions {
  readonly sources: ShownSources;
  /** Lists those that are silenced, each in one line. */
  readonly isVerbose?: boolean;
}

/** Empty if there are no findings; otherwise ends with a line that counts them. */
export function renderFindings(all: readonly Finding[], options: FindingsOptions): string {
  if (all.length === 0) return "";
  const findings = audible(all);
  const quiet = silencedLines(all, options);
  if (findings.length === 0) return quiet === "" ? "" : `${quiet}\n`;
  const shown = chooseShown(findings);
  const blocks = shown.map((finding) => renderFinding(finding, options));
  const hidden = findings.length - shown.length;
  const rest = hidden > 0 ? [options.style.dim(`and ${plural(hidden, "more finding")}, not shown`), ""] : [];
  const count = countFindings(findings, options.style);
  return [...blocks.flat(), ...rest, count, ...(quiet === "" ? [] : [quiet]), ""].join("\n");
}

function silencedLines(all: readonly Finding[], { isVerbose = false, style }: FindingsOptions): string {
  const count = silencedWords(all);
  if (!isVerbose || count === "") return style.dim(count);
  const lines = all.flatMap(({ at, code, message, suppressed }) => {
    if (suppressed === undefined) return [];
    const place = at === undefined ? "" : `${placeText(at)}: `;
    return [style.dim(`${place}${inert(message)} [${code}] (${inert(suppressionWords(suppressed))})`)];
  });
  return [...lines, style.dim(count)].join("\n");
}

function renderFinding(finding: Finding, options: FindingsOptions): string[] {
  const { style } = options;
  const { at, related, hint, why, fix } = finding;
  const place = at === undefined ? "" : `${placeText(at)}: `;
  const digits = String(Math.max(at?.line ?? 0, related?.at.line ?? 0)).length;
  const gutter = style.dim(`${" ".repeat(digits + 2)}|`);
  const paint = finding.severity === "error" ? style.red : style.yellow;
  const main =
    at === undefined
      ? undefined
      : marked(at, {
          ...options,
          digits,
          signs: "^~",
          paint,
          beside: hint ?? (related === undefined ? "" : "used here"),
        });
  const second =
    related === undefined
      ? undefined
      : marked(related.at, { ...options, digits, signs: "--", paint: style.cyan, beside: related.message });
  const isHelpBelow = hint !== undefined && main?.hasText !== true;
  return [
    `${style.bold(place)}${severityText(finding, style)} ${style.bold(inert(finding.message))} ${style.dim(`[${finding.code}]`)}`,
    ...(main === undefined ? [] : [gutter, ...main.lines]),
    ...(related === undefined ? [] : [style.dim(`${" ".repeat(digits + 1)}::: ${placeText(related.at)}`)]),
    ...(second === undefined ? [] : second.lines),
    ...(related === undefined || second?.hasText === true ? [] : [` ${style.bold("note:")} ${inert(related.message)}`]),
    ...(main !== undefined && (why !== undefined || fix !== undefined || isHelpBelow) ? [gutter] : []),
    ...(isHelpBelow ? [` ${style.bold("help:")} ${inert(hint)}`] : []),
    ...(fix === undefined ? [] : [` ${style.bold("fix:")} ${inert(fixText(fix))}`]),
    ...(why === undefined ? [] : [` ${style.bold("why:")} ${inert(why)}`]),
    "",
  ];
}

interface MarkOptions extends FindingsOptions {
  readonly digits: number;
  readonly signs: "^~" | "--";
  readonly paint: (text: string) => string;
  /** The text after the carets. */
  readonly beside: string;
}

/**
 * The source line and the line with carets below it. The text beside the carets is added if it fits. Undefined if there
 * is no source.
 */
function marked(
  at: SourceSpan,
  { sources, width, digits, style, signs, paint, beside }: MarkOptions,
): { readonly lines: readonly string[]; readonly hasText: boolean } | undefined {
  const frame = frameLine(sources.get(at.file) ?? [], at, Math.max(40, width - digits - 4));
  if (frame === undefined) return undefined;
  const [first = "", more = ""] = signs;
  const marks = `${first}${more.repeat(frame.length - 1)}`;
  const text = inert(beside);
  const hasText = text !== "" && digits + 4 + frame.indent + marks.length + 1 + columnsOf(text) <= width;
  return {
    hasText,
    lines: [
      `${style.dim(` ${String(at.line).padStart(digits)} |`)} ${frame.line}`.trimEnd(),
      `${style.dim(`${" ".repeat(digits + 2)}|`)} ${" ".repeat(frame.indent)}${paint(hasText ? `${marks} ${text}` : marks)}`,
    ],
  };
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
  const paints = { error: style.red, warning: style.yellow, info: style.cyan };
  const counts = severityCounts(findings).map(({ severity, text }) => paints[severity](text));
  const files = new Set(findings.flatMap(({ at }) => (at === undefined ? [] : [at.file])));
  const [only = ""] = files;
  const where = files.size === 1 ? ` in ${shorten(inert(only), 60, "...")}` : ` in ${files.size} files`;
  return `${joinWords(counts)}${files.size === 0 ? "" : where}`;
}
