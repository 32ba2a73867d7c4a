/** Which rows of a loop make objects: `when` and `distinct`. */
import { guess } from "../../model/guess.ts";
import { canonicalText, type Json } from "../../model/json.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { LoopRow } from "../values/loop-row.ts";
import { isBroken } from "../values/provenance.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";
import { conditionAt } from "./condition.ts";
import type { LeftOut } from "./left-out.ts";
import type { RowsInput } from "./read-rows.ts";

export interface ChosenRows {
  readonly rows: readonly LoopRow[];
  readonly leftOut: readonly (LeftOut & { readonly row: LoopRow })[];
  /** False if a condition could not be read. */
  readonly isComplete: boolean;
}

interface Choice {
  /** The value of `when`. */
  readonly condition: YamlPlace | undefined;
  readonly distinct: YamlPlace | undefined;
}

/** Rows that `when` keeps, without those that are equal in all columns of `distinct`. */
export function chooseRows(
  rows: readonly LoopRow[],
  { condition, distinct }: Choice,
  input: RowsInput,
): ChosenRows | undefined {
  const conditions = rows.map((row) =>
    condition === undefined ? true : conditionAt(condition, input.contextFor(condition, row)),
  );
  const kept = rows.filter((_row, index) => conditions[index] === true);
  const isComplete = !conditions.includes(undefined);
  const refused = rows.filter((_row, index) => conditions[index] === false);
  const unwanted =
    condition === undefined ? [] : refused.map((row) => ({ row, by: "when" as const, place: condition }));
  if (distinct === undefined) return { rows: kept, leftOut: unwanted, isComplete };
  const different = differentRows(kept, distinct, input);
  if (different === undefined) return undefined;
  const repeated = kept.filter((row) => !different.has(row));
  return {
    rows: [...different],
    leftOut: [...unwanted, ...repeated.map((row) => ({ row, by: "distinct" as const, place: distinct }))],
    isComplete,
  };
}

/** The first of the rows that are equal in the columns that `distinct` names. */
function differentRows(
  rows: readonly LoopRow[],
  distinct: YamlPlace,
  input: RowsInput,
): ReadonlySet<LoopRow> | undefined {
  const columns = columnsAt(distinct, input.contextFor(distinct));
  if (columns === undefined) return undefined;
  const known = new Set<string>();
  const missing = new Set<string>();
  const different = rows.filter((row) => {
    const values = columns.map((column): Json => {
      const found = row.value(column);
      if (found === undefined) missing.add(column);
      return found?.value ?? null;
    });
    const text = canonicalText(values);
    return known.has(text) ? false : known.add(text);
  });
  for (const column of missing) {
    if (rows.some((row) => row.value(column) !== undefined)) continue;
    const message = `no row has "${column}"`;
    const hint = missingHint(column, rows[0]);
    input.report({ code: "KS1760", severity: "error", message, at: spanOf(distinct, "value"), hint });
    return undefined;
  }
  return new Set(different);
}

function missingHint(column: string, row: LoopRow | undefined): string {
  const columns = row?.columns() ?? [];
  const near = guess(column, columns);
  // Its name is wrong elsewhere, so nobody should hear that nothing asks for it.
  if (near !== undefined) row?.value(near);
  return near === undefined ? `they have ${columns.slice(0, 20).join(", ")}` : `did you mean "${near}"?`;
}

function columnsAt(place: YamlPlace, context: ReadContext): readonly string[] | undefined {
  const { value, provenance } = readValue(place, context);
  if (isBroken(provenance)) return undefined;
  const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (items.length > 0 && items.every((item) => typeof item === "string")) return items;
  const message = '"distinct" must be the name of a column, or a list of names';
  context.report({
    code: "KS1202",
    severity: "error",
    message,
    at: spanOf(place, "value"),
    hint: "write distinct: host",
  });
  return undefined;
}
