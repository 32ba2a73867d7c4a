/** The fields of one step, aligned, one on each line. Values that are long or have several lines become a block. */
import type { JsonPointer } from "../../model/json.ts";
import type { FieldChange } from "../../model/plan.ts";
import type { ValueOrigin } from "../../model/value-origin.ts";
import { shownForSecret } from "../../secrets/secret.ts";
import { columnsOf, padTo, shorten } from "../layout/columns.ts";
import { cutAlike } from "../layout/cut-alike.ts";
import { diffLines } from "../layout/line-diff.ts";
import type { Style, TextOptions } from "../style.ts";
import { causeMark } from "../words/causes.ts";
import { plural } from "../words/counts.ts";
import { originsText } from "../words/origin.ts";
import { fieldBlock, fieldLines, fieldName, fieldText } from "../words/field.ts";
import { renderSelected } from "./selected.ts";

export const fieldIndent = "      ";
const widestName = 28;
const mostBlockLines = 12;

export interface FieldOptions extends TextOptions {
  /** There is no value before: only new values are shown. */
  readonly isNew: boolean;
  /** Shows defaults, and long values in full. */
  readonly isFull: boolean;
  /** Where the value of a field is written; shown if given. */
  readonly originsOf?: ((path: JsonPointer) => readonly ValueOrigin[]) | undefined;
}

export function renderFields(changes: readonly FieldChange[], options: FieldOptions): string[] {
  const { isFull, style } = options;
  const shown = isFull ? changes : changes.filter((change) => change.isDefault !== true);
  const hidden = changes.length - shown.length;
  const names = shown.map(({ path }) => fieldName(path));
  const column = Math.min(widestName, Math.max(0, ...names.map(columnsOf))) + 3;
  return [
    ...shown.flatMap((change, index) => [
      ...withOrigin(
        renderField(change, { ...options, column, name: names[index] ?? "", mark: markText(change, style) }),
        change.path,
        options,
      ),
      ...renderSelected(change, { ...options, indent: `${fieldIndent}  ` }),
    ]),
    ...(hidden > 0 ? [style.dim(`${fieldIndent}# ${plural(hidden, "default field")} hidden (--full)`)] : []),
  ];
}

interface RowOptions extends FieldOptions {
  readonly column: number;
  readonly name: string;
  /** Why the field differs, if the reason is not the file; otherwise empty. */
  readonly mark: string;
}

type ShownChange = Extract<FieldChange, { sensitive: false }>;

function renderField(change: FieldChange, options: RowOptions): string[] {
  const { isNew, style, name, column, mark } = options;
  const label = `${fieldIndent}${padTo(name, column)}`;
  if (change.sensitive) return [`${label}${style.dim(isNew ? shownForSecret : "(sensitive, changed)")}${mark}`];
  return isNew ? renderNew(change, label, options) : renderChanged(change, label, options);
}

function renderNew({ path, after }: ShownChange, label: string, options: RowOptions): string[] {
  const block = fieldBlock(path, after);
  if (block === undefined) return [`${label}${fit(fieldText(path, after), label, options)}`];
  return [label.trimEnd(), ...renderBlock(block, options)];
}

/** The lines of a new value below its name. */
export function renderBlock(block: readonly string[], options: TextOptions & { readonly isFull: boolean }): string[] {
  const lines = options.isFull ? block : block.slice(0, mostBlockLines);
  const left = block.length - lines.length;
  return [
    ...lines.map((line) => `${fieldIndent}  | ${fit(line, `${fieldIndent}  | `, options)}`),
    ...(left > 0 ? [options.style.dim(`${fieldIndent}  # ${plural(left, "more line")} (--full)`)] : []),
  ];
}

function renderChanged({ path, before, after }: ShownChange, label: string, options: RowOptions): string[] {
  const { style, mark } = options;
  if (fieldBlock(path, before) !== undefined || fieldBlock(path, after) !== undefined) {
    const lines = diffLines(fieldLines(path, before), fieldLines(path, after));
    return [`${label.trimEnd()}${mark}`, ...lines.map((line) => diffText(line.mark, line.text, options))];
  }
  const [from, to] = [fieldText(path, before), fieldText(path, after)];
  const line = `${label}${style.red(from)} ${style.symbols.arrow} ${style.green(to)}${mark}`;
  if (columnsOf(line) <= options.width || options.isFull) return [line];
  const room = Math.max(30, options.width - columnsOf(label) - 2);
  const pair = cutAlike([from, to], room, style.symbols.ellipsis);
  return [
    `${label}${style.red(`- ${pair[0]}`)}`,
    `${" ".repeat(columnsOf(label))}${style.green(`+ ${pair[1]}`)}${mark}`,
  ];
}

function diffText(mark: "-" | "+" | " " | "…", text: string, options: RowOptions): string {
  const { style } = options;
  if (mark === "…") return style.dim(`${fieldIndent}    ${style.symbols.ellipsis}`);
  const line = `${fieldIndent}${mark} | ${fit(text, `${fieldIndent}- | `, options)}`.trimEnd();
  return mark === "-" ? style.red(line) : mark === "+" ? style.green(line) : line;
}

function fit(
  text: string,
  label: string,
  { isFull, width, style }: TextOptions & { readonly isFull: boolean },
): string {
  return isFull ? text : shorten(text, Math.max(30, width - columnsOf(label)), style.symbols.ellipsis);
}

function markText(change: FieldChange, style: Style): string {
  const mark = causeMark(change);
  return mark === undefined ? "" : style.yellow(` (${mark})`);
}

/** Behind the first line of a field, or below it where there is no room. */
function withOrigin([first = "", ...rest]: readonly string[], path: JsonPointer, options: FieldOptions): string[] {
  const origins = originsText(options.originsOf?.(path) ?? []);
  if (origins === undefined) return [first, ...rest];
  const text = options.style.dim(`(${origins})`);
  return columnsOf(first) + columnsOf(text) + 2 <= options.width
    ? [`${first}  ${text}`, ...rest]
    : [first, `${fieldIndent}  ${text}`, ...rest];
}
