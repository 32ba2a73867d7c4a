/** One step as a folded block: the object in the summary line, its fields as a diff below. */
import type { FieldChange, Step } from "../../model/plan.ts";
import { clip } from "../../model/clip.ts";
import { cutAlike } from "../layout/cut-alike.ts";
import type { Fold } from "../layout/folds.ts";
import { plural } from "../words/counts.ts";
import { inert } from "../inert.ts";
import { diffLines } from "../layout/line-diff.ts";
import { actionVerbs } from "../words/actions.ts";
import { causeMark, causeNotes } from "../words/causes.ts";
import { lossNote, sideEffectNotes, stepNote } from "../words/step.ts";
import { shownForSecret } from "../../secrets/secret.ts";
import { selectedWords } from "../words/selected.ts";
import { changeText, fieldBlock, fieldLines, fieldName, fieldText } from "../words/field.ts";
import { fitBlocks } from "./budget.ts";
import { codeSpan, codeTag, fence, markdownProse } from "./escape.ts";

const symbols = { arrow: "→", ellipsis: "…" };
const widestValue = 200;
const mostKeys = 40;
/** Limit for one step, so that a single body does not push out the others. */
const mostBytes = 8000;

/** For a list that is never folded, because the reader must see what would be lost. */
export function deleteLine(step: Extract<Step, { action: "delete" }>): string {
  const loss = lossNote(step);
  const effects = sideEffectNotes(step).map((text) => `; **${markdownProse(text)}**`);
  return `- ${codeSpan(step.key)} ${nameText(step, codeSpan)}${loss === undefined ? "" : `: **${markdownProse(loss)}**`}${effects.join("")}`.trimEnd();
}

export function stepBlock(step: Step): string {
  const place = "at" in step && step.at !== undefined ? ` ${codeTag(`${step.at.file}:${step.at.line}`)}` : "";
  const summary = `${actionVerbs[step.action]} ${codeTag(step.key)} ${nameText(step, codeTag)}${place}`;
  const note = stepNote(step);
  const lines = [
    ...(note === undefined ? [] : [`# ${note}`]),
    ...sideEffectNotes(step).map((text) => `! ${text}`),
    ...("changes" in step ? changeLines(step.changes, step.action === "create") : []),
  ];
  return details(summary, lines.length === 0 ? "No fields." : fence(fitLines(lines), "diff"));
}

/** Ten or more steps with equal changes. */
export function foldBlock({ action, kind, changes, steps }: Fold): string {
  const what = changes.map((change) => changeText(change, symbols)).join(", ");
  const keys = steps.slice(0, mostKeys).map(({ key }) => codeSpan(key));
  const left = steps.length - keys.length;
  return details(
    `${actionVerbs[action]} ${plural(steps.length, kind)} ${codeTag(what === "" ? "no field changes" : what)}`,
    `${keys.join(", ")}${left > 0 ? ` and ${left} more` : ""}`,
  );
}

/** `summary` is HTML, `body` Markdown. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function nameText({ name }: Step, dress: (text: string) => string): string {
  return name === undefined ? "" : dress(name);
}

function fitLines(lines: readonly string[]): readonly string[] {
  const blocks = lines.map((line) => () => line);
  return fitBlocks(blocks, mostBytes, (left) => `# ${plural(left, "more line")}`);
}

function changeLines(changes: readonly FieldChange[], isNew: boolean): string[] {
  const shown = changes.filter(({ isDefault }) => isDefault !== true);
  const hidden = changes.length - shown.length;
  return [
    ...causeNotes(changes).map((note) => `! ${note}`),
    ...shown.flatMap((change) => [...linesOfChange(change, isNew), ...selectedLines(change)]),
    ...(hidden > 0 ? [`# and ${plural(hidden, "field")} at the default`] : []),
  ];
}

function selectedLines(change: FieldChange): string[] {
  if (change.sensitive) return [];
  return (change.selected ?? [])
    .map(selectedWords)
    .map(({ head, items }) => `#   ${cut(`${head}${items.join(", ")}`)}`);
}

function linesOfChange(change: FieldChange, isNew: boolean): string[] {
  const name = inert(fieldName(change.path));
  const mark = causeMark(change);
  const tail = mark === undefined ? "" : `  # ${mark}`;
  if (change.sensitive) return [isNew ? `+ ${name}: ${shownForSecret}` : `! ${name}: (sensitive, changed)${tail}`];
  const { before, after } = change;
  const { path } = change;
  if (fieldBlock(path, before) !== undefined || fieldBlock(path, after) !== undefined) {
    const lines = diffLines(isNew ? [] : fieldLines(path, before), fieldLines(path, after));
    return [
      `${isNew ? "+" : " "} ${name}:${tail}`,
      ...lines.map(({ mark: sign, text }) => (sign === "…" ? "    …" : `${sign}   ${cut(text)}`)),
    ];
  }
  if (isNew) return [`+ ${name}: ${cut(fieldText(path, after))}`];
  const [from, to] = cutAlike([fieldText(path, before), fieldText(path, after)], widestValue, "…");
  return [`- ${name}: ${from}`, `+ ${name}: ${to}${tail}`];
}

function cut(text: string): string {
  return clip(text, widestValue);
}
