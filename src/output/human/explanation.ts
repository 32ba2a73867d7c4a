/** What `explain` prints about kinds, types and fields. */
import { stringify } from "yaml";
import type { ExplainedEntry, ExplainedSection, Explanation } from "../../model/explanation.ts";
import { padTo } from "../layout/columns.ts";
import { wrapItems, wrapText } from "../layout/wrap.ts";
import type { Style, TextOptions } from "../style.ts";

/** Ends with a line break. No line is wider than the screen, except for a long word in an example. */
export function renderExplanation(
  { topic, summary, sections, example, more }: Explanation,
  options: TextOptions,
): string {
  const { style, width } = options;
  const lines = [
    style.bold(topic),
    ...wrapText(summary, width),
    ...sections.flatMap((section) => [
      "",
      ...wrapText(section.heading, width).map(style.bold),
      ...sectionLines(section, options),
    ]),
    ...(example === undefined ? [] : ["", style.bold("Example"), ...indented(stringify(example, { lineWidth: 0 }))]),
    ...(more.length === 0
      ? []
      : ["", style.bold("More"), ...more.flatMap((text) => wrapText(`  ${text}`, width, "    "))]),
  ];
  return `${lines.join("\n")}\n`;
}

function indented(text: string): readonly string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`);
}

function sectionLines({ entries }: ExplainedSection, options: TextOptions): readonly string[] {
  if (entries.every(({ description, type }) => description === "" && type === undefined)) {
    return wrapItems(
      entries.map(({ name, since }) => name + sinceWords(since)),
      options.width,
      "  ",
    );
  }
  return entries.every(({ type }) => type === undefined)
    ? listLines(entries, options)
    : entries.flatMap((entry) => fieldLines(entry, options));
}

function sinceWords(since: string | undefined): string {
  return since === undefined ? "" : ` (>= ${since})`;
}

/** Names in one column, and their descriptions beside them. */
function listLines(entries: readonly ExplainedEntry[], { style, width }: TextOptions): readonly string[] {
  const column = Math.max(...entries.map(({ name }) => name.length)) + 4;
  const indent = " ".repeat(column);
  return entries.flatMap(({ name, since, description }) => {
    const text = description + (since === undefined ? "" : ` Uptime Kuma ${since} and later.`);
    const [first = "", ...rest] = wrapText(text, width - column);
    return [`  ${style.bold(padTo(name, column - 2))}${first}`, ...rest.map((line) => `${indent}${line}`)];
  });
}

/** The name and its values on one line, and the description below. */
function fieldLines(entry: ExplainedEntry, { style, width }: TextOptions): readonly string[] {
  const { name, type = "", isRequired, since, kuma, description, example } = entry;
  const facts = [
    type,
    ...(isRequired === true ? ["required"] : []),
    ...(entry.default === undefined ? [] : [`default ${entry.default}`]),
    ...(since === undefined ? [] : [`Uptime Kuma ${since} and later`]),
    ...(kuma === undefined ? [] : [`in Uptime Kuma: ${kuma}`]),
  ];
  const about = description + exampleWords(example);
  return [
    ...painted(wrapText(`  ${name}: ${facts.join("; ")}`, width, "      "), name, style),
    ...(about === "" ? [] : wrapText(`      ${about}`, width, "      ")),
  ];
}

function painted([first = "", ...rest]: readonly string[], name: string, style: Style): readonly string[] {
  return [`  ${style.bold(name)}${first.slice(name.length + 2)}`, ...rest];
}

function exampleWords(example: ExplainedEntry["example"]): string {
  if (example === undefined) return "";
  const text =
    typeof example === "string" ? example : stringify(example, { collectionStyle: "flow", lineWidth: 0 }).trim();
  return text.includes("\n") ? "" : ` Example: ${text}`;
}
