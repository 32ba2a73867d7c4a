/** The fields of a step as a table: before and after side by side, what differs underlined, texts of several lines line by line. */
import type { FieldChange } from "../../model/plan.ts";
import { clip } from "../../model/clip.ts";
import { cutAlike } from "../layout/cut-alike.ts";
import { plural } from "../words/counts.ts";
import { diffLines, type DiffLine } from "../layout/line-diff.ts";
import { causeMark, causeNotes } from "../words/causes.ts";
import { shownForSecret } from "../../secrets/redactor.ts";
import { blockOf, fieldName, linesOf } from "../words/field.ts";
import { valueText } from "../words/value.ts";
import { escapeHtml, html } from "./escape.ts";

const widestValue = 2000;
const mostLines = 200;

/** `isNew`: nothing was there before, so there is one column of values. Rows and cells go without the end tags that HTML can do without: 5,000 tables are on a page. */
export function changesHtml(changes: readonly FieldChange[], isNew: boolean): string {
  if (changes.length === 0) return "";
  const shown = changes.filter(({ isDefault }) => isDefault !== true);
  const hidden = changes.length - shown.length;
  const heads = isNew ? ["Field", "Value"] : ["Field", "Before", "After"];
  return [
    ...causeNotes(changes).map((note) => `<p><span class="tag yellow">!</span> ${escapeHtml(note)}</p>`),
    shown.length === 0 ? "" : `<table><tr>${heads.map((head) => `<th>${head}`).join("")}`,
    ...shown.map((change) => rowHtml(change, isNew)),
    shown.length === 0 ? "" : "</table>",
    hidden > 0 ? `<p class="dim">and ${plural(hidden, "field")} at the default</p>` : "",
  ].join("");
}

function rowHtml(change: FieldChange, isNew: boolean): string {
  const mark = causeMark(change);
  const head = `<th scope="row">${html(fieldName(change.path))}${mark === undefined ? "" : ` <span class="tag yellow">${mark}</span>`}`;
  if (change.sensitive) {
    return `<tr>${head}<td colspan="2">${isNew ? shownForSecret : "(sensitive, changed)"}`;
  }
  const { before, after } = change;
  if (isNew) return `<tr>${head}<td class="add">${newValue(change)}`;
  if (blockOf(before) !== undefined || blockOf(after) !== undefined) {
    return `<tr>${head}<td colspan="2">${sideBySide(diffLines(linesOf(before), linesOf(after)))}`;
  }
  const [from, to] = underlined(valueText(before), valueText(after));
  return `<tr>${head}<td class="del">${from}<td class="add">${to}`;
}

function newValue({ after }: Extract<FieldChange, { sensitive: false }>): string {
  const block = blockOf(after);
  if (block === undefined) return cut(valueText(after));
  const lines = block.slice(0, mostLines).map(cut);
  const left = block.length - lines.length;
  return [...lines, ...(left > 0 ? [`and ${plural(left, "more line")}`] : [])].join("<br>");
}

/** What went stands beside what came in its place. The signs say in words what the colours show. */
function sideBySide(lines: readonly DiffLine[]): string {
  const rows: string[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      rows.push(pairRow(removed[index], added[index]));
    }
    [removed, added] = [[], []];
  };
  for (const { mark, text } of lines) {
    if (mark === "-") removed.push(text);
    else if (mark === "+") added.push(text);
    else {
      flush();
      const same = cut(text);
      rows.push(
        mark === "…" ? `<tr><td colspan="2" class="dim">…</td></tr>` : `<tr><td>  ${same}</td><td>  ${same}</td></tr>`,
      );
    }
  }
  flush();
  const left = rows.length - mostLines;
  const rest = left > 0 ? `<tr><td colspan="2" class="dim">and ${plural(left, "more line")}</td></tr>` : "";
  return `<table><tbody>${rows.slice(0, mostLines).join("")}${rest}</tbody></table>`;
}

function pairRow(removed: string | undefined, added: string | undefined): string {
  const [from, to] =
    removed !== undefined && added !== undefined ? underlined(removed, added) : [cut(removed ?? ""), cut(added ?? "")];
  const left = removed === undefined ? "<td></td>" : `<td class="del">- ${from}</td>`;
  return `<tr>${left}${added === undefined ? "<td></td>" : `<td class="add">+ ${to}</td>`}</tr>`;
}

/** Both texts as HTML, the part in which they differ marked. */
function underlined(before: string, after: string): readonly [string, string] {
  const isLong = Math.max(before.length, after.length) > widestValue;
  const pair = isLong ? cutAlike([before, after], widestValue, "…") : [before, after];
  const [from = [], to = []] = pair.map((text) => Array.from(text));
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  const dress = (text: readonly string[]): string => {
    const [start, middle, end] = [
      text.slice(0, head),
      text.slice(head, text.length - tail),
      text.slice(text.length - tail),
    ];
    const differs = escapeHtml(middle.join(""));
    // Of two texts with little in common an underline of nearly everything says nothing.
    const isTelling = differs !== "" && head + tail > 3;
    return `${escapeHtml(start.join(""))}${isTelling ? `<mark>${differs}</mark>` : differs}${escapeHtml(end.join(""))}`;
  };
  return [dress(from), dress(to)];
}

function cut(text: string): string {
  return escapeHtml(clip(text, widestValue));
}
