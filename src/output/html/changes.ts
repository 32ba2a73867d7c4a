/**
 * The fields of a step as a table: before and after side by side with the differences underlined, and long texts line
 * by line.
 */
import { clip } from "../../model/clip.ts";
import type { FieldChange } from "../../model/plan.ts";
import { shownForSecret } from "../../secrets/secret.ts";
import { cutAlike } from "../layout/cut-alike.ts";
import { diffLines, type DiffLine } from "../layout/line-diff.ts";
import { causeMark, causeNotes } from "../words/causes.ts";
import { plural } from "../words/counts.ts";
import { fieldBlock, fieldLines, fieldName, fieldText } from "../words/field.ts";
import { selectedWords } from "../words/selected.ts";
import { html, partOfInert, htmlProse, type Markup } from "./markup.ts";

const widestValue = 2000;
const mostLines = 200;

/**
 * `isNew`: there is no value before, so the table has one column of values. Rows and cells have no end tags where HTML
 * does not need them, because a page may have 5,000 tables.
 */
export function changesHtml(changes: readonly FieldChange[], isNew: boolean): Markup {
  const shown = changes.filter(({ isDefault }) => isDefault !== true);
  const hidden = changes.length - shown.length;
  const heads = isNew ? ["Field", "Value"] : ["Field", "Before", "After"];
  const table = html`<table><tr>${heads.map((head) => html`<th>${head}`)}${shown.map((change) => rowHtml(change, isNew))}</table>`;
  return html`${causeNotes(changes).map((note) => html`<p><span class="tag yellow">!</span> ${note}</p>`)}${
    shown.length > 0 && table
  }${hidden > 0 && html`<p class="dim">and ${plural(hidden, "field")} at the default</p>`}`;
}

function rowHtml(change: FieldChange, isNew: boolean): Markup {
  const mark = causeMark(change);
  const head = html`<th scope="row">${htmlProse(fieldName(change.path))}${
    mark !== undefined && html` <span class="tag yellow">${mark}</span>`
  }`;
  if (change.sensitive) return html`<tr>${head}<td colspan="2">${isNew ? shownForSecret : "(sensitive, changed)"}`;
  const { path, before, after } = change;
  if (isNew) return html`<tr>${head}<td class="add">${newValue(change)}${brought(change, 1)}`;
  if (fieldBlock(path, before) !== undefined || fieldBlock(path, after) !== undefined) {
    const lines = sideBySide(diffLines(fieldLines(path, before), fieldLines(path, after)));
    return html`<tr>${head}<td colspan="2">${lines}${brought(change, 2)}`;
  }
  const [from, to] = underlined(fieldText(path, before), fieldText(path, after));
  return html`<tr>${head}<td class="del">${from}<td class="add">${to}${brought(change, 2)}`;
}

/** What selectors bring in and what goes, in a row of its own. */
function brought({ selected = [] }: Extract<FieldChange, { sensitive: false }>, columns: number): Markup {
  const rows = selected.map(selectedWords).map(({ head, items }) => html`<br>${cut(`${head}${items.join(", ")}`)}`);
  return html`${rows.length > 0 && html`<tr><th><td class="dim" colspan="${columns}">by selector${rows}`}`;
}

function newValue({ path, after }: Extract<FieldChange, { sensitive: false }>): Markup {
  const block = fieldBlock(path, after);
  if (block === undefined) return html`${cut(fieldText(path, after))}`;
  const left = block.length - mostLines;
  return html`${block.slice(0, mostLines).map((line, index) => html`${index > 0 && html`<br>`}${cut(line)}`)}${
    left > 0 && html`<br>and ${plural(left, "more line")}`
  }`;
}

/** Each removed line is next to the line that replaces it. The signs carry the same meaning as the colours. */
function sideBySide(lines: readonly DiffLine[]): Markup {
  const rows: Markup[] = [];
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
        mark === "…"
          ? html`<tr><td colspan="2" class="dim">…</td></tr>`
          : html`<tr><td>  ${same}</td><td>  ${same}</td></tr>`,
      );
    }
  }
  flush();
  const left = rows.length - mostLines;
  const rest = left > 0 && html`<tr><td colspan="2" class="dim">and ${plural(left, "more line")}</td></tr>`;
  return html`<table><tbody>${rows.slice(0, mostLines)}${rest}</tbody></table>`;
}

function pairRow(removed: string | undefined, added: string | undefined): Markup {
  const [from, to] =
    removed !== undefined && added !== undefined ? underlined(removed, added) : [cut(removed ?? ""), cut(added ?? "")];
  const left = removed === undefined ? html`<td></td>` : html`<td class="del">- ${from}</td>`;
  const right = added === undefined ? html`<td></td>` : html`<td class="add">+ ${to}</td>`;
  return html`<tr>${left}${right}</tr>`;
}

/** Both texts, which are inert already, with their difference marked. */
function underlined(before: string, after: string): readonly [Markup, Markup] {
  const isLong = Math.max(before.length, after.length) > widestValue;
  const pair = isLong ? cutAlike([before, after], widestValue, "…") : [before, after];
  const [from = [], to = []] = pair.map((text) => Array.from(text));
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  // If two texts have little in common, underlining almost everything does not help.
  const isWorthMarking = head + tail > 3;
  const markedUp = (text: readonly string[]): Markup => {
    const part = (start: number, end: number): Markup => partOfInert(text.slice(start, end).join(""));
    const differing = part(head, text.length - tail);
    const isMarked = isWorthMarking && differing.text !== "";
    return html`${part(0, head)}${isMarked ? html`<mark>${differing}</mark>` : differing}${part(text.length - tail, text.length)}`;
  };
  return [markedUp(from), markedUp(to)];
}

function cut(text: string): Markup {
  return partOfInert(clip(text, widestValue));
}
