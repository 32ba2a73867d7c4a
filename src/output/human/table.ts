/** Columns of text, each as wide as its widest cell. */
import { columnsOf, padTo } from "../layout/columns.ts";

/** Cells may be coloured. The last column is not padded. */
export function renderTable(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...rows.map((row) => columnsOf(row[column] ?? ""))),
  );
  return rows.map((row) => `  ${row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join("  ")}`.trimEnd());
}
