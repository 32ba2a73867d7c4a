import { clip } from "../../src/model/clip.ts";
import { newestTestedVersion } from "../../src/model/release.ts";
import type { AreaResult, Comparison, Difference } from "./compare.ts";

export const formats = ["human", "markdown", "json"] as const;
export type Format = (typeof formats)[number];

export const renderers: Readonly<Record<Format, (comparison: Comparison) => string>> = {
  human: renderHuman,
  markdown: renderMarkdown,
  json: (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
};

function renderHuman(comparison: Comparison): string {
  const lines = comparison.areas.flatMap((area) => {
    if (area.unreadable !== undefined) return [`${area.title}: could not be read: ${plain(area.unreadable)}`, ""];
    if (area.differences.length === 0) return [];
    const items = area.differences.map((difference) => `  [ ] ${wordsOf(difference, plain)}`);
    return [`${area.title} (${area.differences.length})`, ...items, `  What to do: ${todoOf(area)}.`, ""];
  });
  return [...lines, summaryOf(comparison), ""].join("\n");
}

/** For an issue. Names come from the checkout, so they are code, and mention nobody. */
function renderMarkdown(comparison: Comparison): string {
  const parts = comparison.areas.flatMap((area) => {
    if (area.unreadable !== undefined) {
      return [`### ${area.title}`, "", `- [ ] could not be read: ${code(area.unreadable)}`, ""];
    }
    if (area.differences.length === 0) return [];
    const items = area.differences.map((difference) => `- [ ] ${wordsOf(difference, code)}`);
    return [`### ${area.title}`, "", ...items, "", `What to do: ${todoOf(area)}.`, ""];
  });
  return [summaryOf(comparison), "", ...parts].join("\n");
}

/** What is only gone may be missing because the checkout is of an older line. */
function todoOf({ differences, todo }: AreaResult): string {
  const isOnlyGone = differences.every(({ change }) => change === "gone");
  return isOnlyGone ? "if a release took it away, say so where our tables have it; an older branch never had it" : todo;
}

function summaryOf({ version, areas }: Comparison): string {
  const count = areas.reduce((sum, { differences }) => sum + differences.length, 0);
  const unread = areas.filter(({ unreadable }) => unreadable !== undefined).length;
  const what = count === 0 ? "nothing differs" : `${count} ${count === 1 ? "difference" : "differences"}`;
  const rest = unread === 0 ? "" : `; ${unread} of ${areas.length} areas could not be read`;
  return `Uptime Kuma ${plain(version)}, compared with what kuma-sync knows (tested to ${newestTestedVersion}): ${what}${rest}. ${compared(areas)}`;
}

function compared(areas: readonly AreaResult[]): string {
  const read = areas.filter(({ unreadable }) => unreadable === undefined);
  return `Compared: ${read.map(({ title, count }) => `${count} ${nounOf(title)}`).join(", ")}.`;
}

function nounOf(title: string): string {
  return title.replace(/ \(.*$/u, "").replace(/^[A-Z](?![A-Z])/u, (letter) => letter.toLowerCase());
}

type Quote = (text: string) => string;

function wordsOf({ change, name, detail, place, use }: Difference, quote: Quote): string {
  const what = `${change}: ${quote(name)}${detail === undefined ? "" : ` (${quote(detail)})`}`;
  const where = place === undefined ? "" : `, ${quote(place)}`;
  return `${what}${where}${use === undefined ? "" : `; ${use}`}`;
}

/** Longer names are conditions of the form. */
const longest = 200;

function plain(text: string): string {
  return clip(text.replaceAll(/\p{C}+/gu, " "), longest);
}

function code(text: string): string {
  return `\`${plain(text).replaceAll("`", "'")}\``;
}
