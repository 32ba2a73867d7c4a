/** What every format shows of a changed field: its name, and its value on one line or on several. */
import { isJsonObject, pointerParts, type Json } from "../../model/json.ts";
import { columnsOf } from "../layout/columns.ts";
import { inertLines } from "../inert.ts";
import { memberName, valueText } from "./value.ts";

/** `headers.Authorization` for `/headers/Authorization`. Not inert: a renderer makes it so. */
export function fieldName(path: string): string {
  return pointerParts(path).map(memberName).join(".");
}

/** Inert lines; undefined for values that read well on one line. */
export function blockOf(value: Json | undefined): string[] | undefined {
  if (typeof value === "string") {
    if (!value.includes("\n")) return undefined;
    return inertLines(value.endsWith("\n") ? value.slice(0, -1) : value);
  }
  const isNested = Array.isArray(value) || isJsonObject(value);
  return isNested && columnsOf(valueText(value)) > 60 ? inertLines(JSON.stringify(value, null, 2)) : undefined;
}

/** A value beside one that is a block: inert lines, none when there is nothing. */
export function linesOf(value: Json | undefined): string[] {
  const block = blockOf(value);
  if (block !== undefined) return block;
  if (value === undefined || value === null) return [];
  return inertLines(typeof value === "string" ? value : JSON.stringify(value, null, 2));
}
