/**
 * Fields in the form that every format shows: name, value, and the change in one line. Everything except the name is
 * inert.
 */
import { pointerParts, type Json } from "../../model/json.ts";
import type { FieldChange } from "../../model/plan.ts";
import { shorten } from "../layout/columns.ts";
import * as values from "./value.ts";

/** `headers.Authorization` for `/headers/Authorization`. Not inert: a renderer makes it so. */
export function fieldName(path: string): string {
  return pointerParts(path).map(values.memberName).join(".");
}

/** Fields whose canonical value is in seconds; a test compares them with the kinds. */
const durationFields: ReadonlySet<string> = new Set([
  "duration",
  "interval",
  "pingPerRequestTimeout",
  "retryInterval",
  "timeout",
]);

/** Fields that hold references to other objects; a test compares them with the kinds. */
const referenceFields: ReadonlySet<string> = new Set([
  "dockerHost",
  "groups",
  "monitors",
  "notifications",
  "parent",
  "proxy",
  "remoteBrowser",
  "statusPages",
  "tags",
]);

function shapeOf(path: string): values.ValueShape {
  const [field = "", ...deeper] = pointerParts(path);
  if (deeper.length === 0 && durationFields.has(field)) return "duration";
  return referenceFields.has(field) ? "reference" : "any";
}

export function fieldText(path: string, value: Json | undefined): string {
  return values.valueText(value, shapeOf(path));
}

/** The value in a row of several fields, without quotes if it is plain words. */
export function briefText(path: string, value: Json | undefined): string {
  return value === undefined ? fieldText(path, value) : values.itemText(value, shapeOf(path));
}

/** Undefined for values that fit on one line. */
export function fieldBlock(path: string, value: Json | undefined): string[] | undefined {
  return values.blockOf(value, shapeOf(path));
}

/** The lines of a value whose counterpart is a block. */
export function fieldLines(path: string, value: Json | undefined): string[] {
  return values.linesOf(value, shapeOf(path));
}

const widestOfOne = 40;

/** One change of many in a line: `interval 1m → 30s`. */
export function changeText(
  change: FieldChange,
  { arrow, ellipsis }: { readonly arrow: string; readonly ellipsis: string },
): string {
  const name = fieldName(change.path);
  if (change.sensitive) return `${name} (sensitive, changed)`;
  const [from, to] = [change.before, change.after].map((value) =>
    shorten(fieldText(change.path, value), widestOfOne, ellipsis),
  );
  return `${name} ${from} ${arrow} ${to}`;
}
