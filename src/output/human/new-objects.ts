/**
 * New objects in short form: values that most objects of a kind share are shown once, then for each object only its
 * other values that are not the default.
 */
import type { KindName } from "../../model/entity.ts";
import { canonicalText } from "../../model/json.ts";
import type { FieldChange, Step } from "../../model/plan.ts";
import { shownForSecret } from "../../secrets/secret.ts";
import { columnsOf, shorten } from "../layout/columns.ts";
import { wrapItems, wrapText } from "../layout/wrap.ts";
import type { TextOptions } from "../style.ts";
import { briefText, fieldBlock, fieldName } from "../words/field.ts";
import { kindCount } from "../words/kind-count.ts";
import { fieldIndent, renderBlock } from "./fields.ts";
import { renderSelected } from "./selected.ts";

type Creation = Extract<Step, { action: "create" }>;
type Value = Extract<FieldChange, { sensitive: false }>;

/** For one kind: the number of new objects, and the values that nearly all of them have, by path. */
export interface CommonValues {
  readonly kind: KindName;
  readonly count: number;
  readonly values: ReadonlyMap<string, Value>;
}

const fewestInCommon = 3;
/** Objects with another value must show it, so there should be few of them. */
const mostExceptions = 1 / 4;
/** Fields that every object shows. */
const ownPaths: readonly string[] = ["/name", "/type"];

export function commonValuesOf(steps: readonly Step[]): ReadonlyMap<KindName, CommonValues> {
  const byKind = new Map<KindName, Creation[]>();
  for (const step of steps) {
    if (step.action === "create") byKind.set(step.kind, [...(byKind.get(step.kind) ?? []), step]);
  }
  return new Map(
    [...byKind].map(([kind, creations]) => [
      kind,
      { kind, count: creations.length, values: creations.length < fewestInCommon ? new Map() : inCommon(creations) },
    ]),
  );
}

function inCommon(creations: readonly Creation[]): ReadonlyMap<string, Value> {
  const counts = new Map<string, { readonly change: Value; count: number }>();
  for (const change of creations.flatMap(({ changes }) => changes)) {
    if (change.sensitive || change.isDefault === true || ownPaths.includes(change.path)) continue;
    if (fieldBlock(change.path, change.after) !== undefined) continue;
    const id = canonicalText([change.path, change.after ?? null]);
    const known = counts.get(id) ?? { change, count: 0 };
    known.count += 1;
    counts.set(id, known);
  }
  const fewest = Math.max(fewestInCommon, creations.length * (1 - mostExceptions));
  return new Map([...counts.values()].flatMap(({ change, count }) => (count >= fewest ? [[change.path, change]] : [])));
}

/** Shown before the first new object of the kind; empty if nothing is shared. */
export function renderCommonValues(common: CommonValues | undefined, { style, width }: TextOptions): string[] {
  if (common === undefined || common.values.size === 0) return [];
  const { kind, count, values } = common;
  const head = `  ${kindCount(kind, count)} to create. Unless shown otherwise, each has:`;
  const fields = [...values.values()].map(({ path, after }) => `${fieldName(path)} ${briefText(path, after)}`);
  return [...wrapText(head, width, "  "), ...wrapItems(fields, width, fieldIndent)].map((line) => style.dim(line));
}

/** The fields of a new object in one paragraph, then values that need several lines. */
export function renderNewObject(
  { changes }: Creation,
  common: CommonValues | undefined,
  options: TextOptions,
): string[] {
  const shown = changes.filter((change) => isShown(change, common?.values.get(change.path)));
  const missing = [...(common?.values.keys() ?? [])].filter((path) => changes.every((change) => change.path !== path));
  const words = [
    ...shown.flatMap((change) => (isBlock(change) ? [] : [fieldWords(change, options)])),
    ...missing.map((path) => `${fieldName(path)} (none)`),
  ];
  return [
    ...wrapItems(words, options.width, fieldIndent),
    ...shown.flatMap((change) => {
      const block = change.sensitive ? undefined : fieldBlock(change.path, change.after);
      const brought = renderSelected(change, { ...options, isFull: false, isNew: true, indent: `${fieldIndent}  ` });
      if (block === undefined) return brought;
      const lines = renderBlock(block, { ...options, isFull: false });
      return [`${fieldIndent}${fieldName(change.path)}`, ...lines, ...brought];
    }),
  ];
}

/** A default is shown if nearly all other objects have another value. */
function isShown(change: FieldChange, common: Value | undefined): boolean {
  if (change.path === "/name") return false;
  if (common === undefined) return change.isDefault !== true;
  return change.sensitive || canonicalText(change.after ?? null) !== canonicalText(common.after ?? null);
}

function isBlock(change: FieldChange): boolean {
  return !change.sensitive && fieldBlock(change.path, change.after) !== undefined;
}

function fieldWords(change: FieldChange, { width, style }: TextOptions): string {
  if (change.sensitive) return `${fieldName(change.path)} ${shownForSecret}`;
  const name = fieldName(change.path);
  const room = Math.max(20, width - fieldIndent.length - columnsOf(name) - 2);
  return `${name} ${shorten(briefText(change.path, change.after), room, style.symbols.ellipsis)}`;
}
