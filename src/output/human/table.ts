/** Columns of text, each as wide as its widest cell. */
import { columnsOf, padTo, shorten } from "../layout/columns.ts";

const least = 12;

export interface TableLimits {
  readonly width: number;
  /**
   * Columns whose cells may be cut to at least twelve columns if the table is too wide. Cells are cut after colouring.
   */
  readonly flexible: readonly number[];
  readonly ellipsis: string;
}

/** Cells may be coloured. The last column is not padded. */
export function renderTable(rows: readonly (readonly string[])[], limits?: TableLimits): string[] {
  const widths = columnWidths(rows);
  if (limits !== undefined) narrow(widths, limits);
  return rows.map((row) =>
    `  ${row.map((cell, column) => fitCell(cell, widths[column] ?? 0, limits)).join("  ")}`.trimEnd(),
  );
}

/** Width of the whole table, including its indent. */
export function tableWidth(rows: readonly (readonly string[])[]): number {
  return totalOf(columnWidths(rows));
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) => Math.max(0, ...rows.map((row) => columnsOf(row[column] ?? ""))));
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 2, 0);
}

/** Narrows the widest of the flexible columns until the table fits. */
function narrow(widths: number[], { width, flexible }: TableLimits): void {
  while (totalOf(widths) > width) {
    const widest = flexible.reduce((best, column) => ((widths[column] ?? 0) > (widths[best] ?? 0) ? column : best));
    const columns = widths[widest] ?? 0;
    if (columns <= least) return;
    widths[widest] = columns - 1;
  }
}

/** A colour covers its whole cell, so the text inside is cut and the codes around it stay. */
function fitCell(cell: string, width: number, limits: TableLimits | undefined): string {
  if (limits === undefined || columnsOf(cell) <= width) return padTo(cell, width);
  const {
    before = "",
    text = "",
    after = "",
  } = /^(?<before>(?:\u001B\[\d+m)*)(?<text>.*?)(?<after>(?:\u001B\[\d+m)*)$/su.exec(cell)?.groups ?? {};
  return padTo(`${before}${shorten(text, width, limits.ellipsis)}${after}`, width);
}
