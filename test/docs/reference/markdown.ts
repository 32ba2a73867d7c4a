/** Pieces of Markdown as GitHub reads it. */
import { stringify } from "yaml";
import { shortRelease } from "../../../src/kinds/describe/schema-words.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Release } from "../../../src/model/release.ts";

/** Cells are Markdown already; a column that says nothing in any row is left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, column) => column === 0 || rows.some((row) => row[column] !== ""));
  const line = (cells: readonly string[]): string => `| ${cells.filter((_, column) => used[column]).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text of ours in a cell: what would be a tag, a column or emphasis is none; what is between backticks stays. */
export function cell(text: string): string {
  const parts = text.replaceAll("|", String.raw`\|`).split(/(`[^`]*`)/u);
  const safe = parts.map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "&lt;").replaceAll("*", "\\*")));
  return safe.join("").trim().replaceAll("\n", "<br>");
}

/** A value as it is written in YAML, on one line. */
export function code(value: Json): string {
  const text = typeof value === "string" ? value : stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
  return `\`${text.replaceAll("\n", " ").replaceAll("|", String.raw`\|`)}\``;
}

export function yamlBlock(value: Json): string {
  return ["```yaml", stringify(value, { lineWidth: 0 }).trimEnd(), "```"].join("\n");
}

/** `http` for a heading "`http`", as GitHub makes its addresses. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/gu, "-");
}

export function page(...blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** A first release as a range; empty for what all supported releases have. */
export function range(since: Release | undefined): string {
  return since === undefined ? "" : `≥ ${shortRelease(since)}`;
}
