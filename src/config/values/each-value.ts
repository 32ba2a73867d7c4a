/** The value of `${each:…}` in a row. */
import { isScalar } from "yaml";
import { guess } from "../../model/guess.ts";
import type { Json } from "../../model/json.ts";
import { resolved, spanOf } from "../source/positions.ts";
import type { TextPart } from "./text-parts.ts";
import type { LoopRow, RowValue } from "./loop-row.ts";
import type { EachExpression, Expression, Segment } from "./template.ts";
import type { TemplateProblem } from "./template-pieces.ts";

export type EachValue =
  | {
      readonly type: "value";
      readonly text: string;
      readonly isSecret: boolean;
      readonly parts?: readonly TextPart[];
      readonly row: RowValue;
    }
  | { readonly type: "fallback"; readonly segments: readonly Segment[] }
  /** Without a problem, the value has a finding already. */
  | { readonly type: "problem"; readonly problem?: Omit<TemplateProblem, "start" | "end"> };

/** `isWhole`: the value may be of any type. A part of a text can only be a text, a number or a boolean. */
export function eachText({ name, fallback }: EachExpression, row: LoopRow | undefined, isWhole: boolean): EachValue {
  if (row === undefined) {
    const message = `"\${each:${name}}" stands in a block without "each"`;
    const hint = "add each: with the rows to the block, or write ${var:…}";
    return { type: "problem", problem: { code: "KS1757", message, hint } };
  }
  const found = row.value(name);
  if (isBlank(found?.value) && fallback !== undefined) return { type: "fallback", segments: fallback };
  // A column that is only needed where another has no value is asked for as well.
  for (const segment of fallback ?? []) if (segment.type === "expression") ask(segment.expression, row);
  if (found === undefined) return { type: "problem", problem: missingColumn(name, row) };
  const known = found.provenance.get("");
  if (known?.isBroken === true) return { type: "problem" };
  const { value } = found;
  if (typeof value === "object" && value !== null && !isWhole) {
    const message = `"${name}" is ${Array.isArray(value) ? "a list" : "a mapping"}, which cannot be a part of a text`;
    const hint = Array.isArray(value) ? `write only "\${each:${name}}"` : `name one of its values: \${each:${name}.…}`;
    return { type: "problem", problem: { code: "KS1763", message, hint, related: rowAt(row) } };
  }
  return {
    type: "value",
    text: columnText(found),
    isSecret: known?.isSecret === true,
    ...(known?.parts === undefined ? {} : { parts: known.parts }),
    row: found,
  };
}

/** The text of a column that is written as a text or a number and has a value; undefined for anything else. */
export function plainText(expression: Expression, row: LoopRow): string | undefined {
  if (expression.from !== "each" || expression.isForUrl === true || expression.fallback !== undefined) return undefined;
  const found = row.value(expression.name);
  if (found === undefined || found.provenance.size > 0) return undefined;
  const { value } = found;
  if (typeof value === "string") return value;
  return typeof value === "number" ? columnText(found) : undefined;
}

function ask(expression: Expression, row: LoopRow): void {
  if (expression.from !== "each") return;
  row.value(expression.name);
  for (const segment of expression.fallback ?? []) if (segment.type === "expression") ask(segment.expression, row);
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

/** As a part of a text, or as a key. */
export function columnText({ value, place }: Pick<RowValue, "value" | "place">): string {
  if (value === null) return "";
  if (typeof value === "object") return JSON.stringify(value);
  const node = typeof value === "number" ? resolved(place.document, place.node) : undefined;
  // As it is written: `1.0` stays `1.0`.
  return isScalar(node) && node.source !== undefined && Number(node.source) === value ? node.source : String(value);
}

function missingColumn(name: string, row: LoopRow): Omit<TemplateProblem, "start" | "end"> {
  const columns = row.columns();
  const near = guess(name, columns);
  // The column that was meant is not one that nothing asks for.
  if (near !== undefined) row.value(near);
  const list = `it has ${columns.slice(0, 20).join(", ")}; or write \${each:${name}:-default}`;
  const hint = near === undefined ? list : `did you mean "${near}"?`;
  return { code: "KS1760", message: `the row has no "${name}"`, hint, related: rowAt(row) };
}

function rowAt({ place }: LoopRow): NonNullable<TemplateProblem["related"]> {
  return { message: "the row", at: spanOf(place, place.key === undefined ? "value" : "key") };
}
