/** The fields of one step, one aligned line each; values that are long or have lines of their own take a block. */
import type { Json } from "../../model/json.ts";
import type { FieldChange } from "../../model/plan.ts";
import { cutAlike } from "../layout/cut-alike.ts";
import { inert } from "../inert.ts";
import { diffLines } from "../layout/line-diff.ts";
import { causeMark } from "../words/causes.ts";
import { shownForSecret } from "../../secrets/secret.ts";
import { blockOf, fieldName, linesOf } from "../words/field.ts";
import type { Style, TextOptions } from "../style.ts";
import { valueText } from "../words/value.ts";
import { columnsOf, padTo, shorten } from "../layout/columns.ts";
import { plural } from "../words/counts.ts";

const indent = "      ";
const widestName = 28;
const mostBlockLines = 12;

export interface FieldOptions extends TextOptions {
  /** Nothing was there before: only new values are shown. */
  readonly isNew: boolean;
  /** Defaults and long values are shown whole. */
  readonly isFull: boolean;
}

export function renderFields(changes: readonly FieldChange[], options: FieldOptions): string[] {
  const { isFull, style } = options;
  const shown = isFull ? changes : changes.filter((change) => change.isDefault !== true);
  const hidden = changes.length - shown.length;
  const names = shown.map(({ path }) => fieldName(path));
  const column = Math.min(widestName, Math.max(0, ...names.map(columnsOf))) + 3;
  return [
    ...shown.flatMap((change, index) =>
      renderField(change, { ...options, column, name: names[index] ?? "", mark: markText(change, style) }),
    ),
    ...(hidden > 0 ? [style.dim(`${indent}# ${plural(hidden, "default field")} hidden (--full)`)] : []),
  ];
}

interface RowOptions extends FieldOptions {
  readonly column: number;
  readonly name: string;
  /** Why the field differs, where that is not the file; else empty. */
  readonly mark: string;
}

function renderField(change: FieldChange, options: RowOptions): string[] {
  const { isNew, style, name, column, mark } = options;
  const label = `${indent}${padTo(name, column)}`;
  if (change.sensitive) return [`${label}${style.dim(isNew ? shownForSecret : "(sensitive, changed)")}${mark}`];
  const { before, after } = change;
  if (isNew) return renderNew(after, label, options);
  return renderChanged({ before, after }, label, options);
}

function renderNew(value: Json | undefined, label: string, options: RowOptions): string[] {
  const block = blockOf(value);
  if (block === undefined) return [`${label}${fit(valueText(value), label, options)}`];
  const lines = options.isFull ? block : block.slice(0, mostBlockLines);
  const left = block.length - lines.length;
  return [
    label.trimEnd(),
    ...lines.map((line) => `${indent}  | ${fit(line, `${indent}  | `, options)}`),
    ...(left > 0 ? [options.style.dim(`${indent}  # ${plural(left, "more line")} (--full)`)] : []),
  ];
}

interface Sides {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

function renderChanged({ before, after }: Sides, label: string, options: RowOptions): string[] {
  const { style, mark } = options;
  if (blockOf(before) !== undefined || blockOf(after) !== undefined) {
    const lines = diffLines(linesOf(before), linesOf(after));
    return [`${label.trimEnd()}${mark}`, ...lines.map((line) => diffText(line.mark, line.text, options))];
  }
  const [from, to] = [valueText(before), valueText(after)];
  const line = `${label}${style.red(from)} ${style.symbols.arrow} ${style.green(to)}${mark}`;
  if (columnsOf(label + from + to + mark) + 4 <= options.width || options.isFull) return [line];
  const room = Math.max(30, options.width - columnsOf(label) - 2);
  const pair = cutAlike([from, to], room, style.symbols.ellipsis);
  return [
    `${label}${style.red(`- ${pair[0]}`)}`,
    `${" ".repeat(columnsOf(label))}${style.green(`+ ${pair[1]}`)}${mark}`,
  ];
}

function diffText(mark: "-" | "+" | " " | "…", text: string, options: RowOptions): string {
  const { style } = options;
  if (mark === "…") return style.dim(`${indent}    ${style.symbols.ellipsis}`);
  const line = `${indent}${mark} | ${fit(text, `${indent}- | `, options)}`.trimEnd();
  return mark === "-" ? style.red(line) : mark === "+" ? style.green(line) : line;
}

function fit(text: string, label: string, { isFull, width, style }: RowOptions): string {
  return isFull ? text : shorten(text, Math.max(30, width - columnsOf(label)), style.symbols.ellipsis);
}

/** For one line of many: `interval 60 → 30`. */
export function changeText(change: FieldChange, style: Style): string {
  const name = fieldName(change.path);
  const mark = markText(change, style);
  if (change.sensitive) return `${name} (sensitive, changed)${mark}`;
  const [from, to] = [change.before, change.after].map((value) =>
    shorten(valueText(value), 40, style.symbols.ellipsis),
  );
  return `${name} ${from} ${style.symbols.arrow} ${to}${mark}`;
}

function markText(change: FieldChange, style: Style): string {
  const mark = causeMark(change);
  return mark === undefined ? "" : style.yellow(` (${mark})`);
}

export function inertName(name: string | undefined): string {
  return name === undefined ? "" : `"${inert(name)}"`;
}
