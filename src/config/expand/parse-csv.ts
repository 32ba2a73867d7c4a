/** Reads CSV as YAML nodes, so that each cell has a place like any other value. */
import { parse, CsvError } from "csv-parse/sync";
import { Pair, Scalar, YAMLMap, YAMLSeq, type ParsedNode } from "yaml";
import type { Finding } from "../../model/finding.ts";
import type { ConfigFolder } from "../source/config-folder.ts";
import { lineCounterOf } from "../source/parse-yaml.ts";
import { createSourceDocument, spanAt, type SourceDocument } from "../source/source-document.ts";

export type ParsedRows = { readonly document: SourceDocument } | { readonly finding: Finding };

const separators = [",", ";", "\t"] as const;

/** A list of mappings, with the cells of the first line as keys and all values as texts. The text has no byte order mark. */
export function parseCsv(file: string, folder: ConfigFolder, text: string): ParsedRows {
  const lines = lineCounterOf(text);
  const refuse = (message: string, line: number, hint?: string): ParsedRows => {
    const start = lines.lineStarts[line - 1] ?? 0;
    const next = text.indexOf("\n", start);
    const at = spanAt(file, lines, start, next === -1 ? text.length : next);
    return { finding: { code: "KS1765", severity: "error", message, at, ...(hint === undefined ? {} : { hint }) } };
  };
  let records: readonly CsvRecord[];
  try {
    records = recordsOf(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = lines.linePos(offsetOf(error, text)).line;
    return refuse(messageOf(error), line, hintOf(error));
  }
  const [header, ...rows] = records;
  if (header === undefined) return refuse("the file has no header line", 1);
  const twice = header.record.find((name, index) => header.record.indexOf(name) !== index);
  if (twice !== undefined) return refuse(`two columns are called "${twice}"`, 1, "give each column a name of its own");
  if (header.record.includes("")) return refuse("a column has no name", 1, "name each column in the first line");
  let cursor = 0;
  const cellsOf = ({ record, raw }: CsvRecord): readonly Scalar.Parsed[] => {
    // The parser does not count blank lines and carriage returns the way they stand in the file.
    const line = raw.trim();
    const start = Math.max(cursor, text.indexOf(line, cursor));
    cursor = start + line.length;
    let inside = 0;
    return record.map((value) => {
      const written = [value, value.replaceAll('"', '""')].find((one) => line.includes(one, inside));
      if (written === undefined) return cell(value, start, start + line.length);
      const found = line.indexOf(written, inside);
      inside = found + written.length;
      return cell(value, start + found, start + inside);
    });
  };
  const keys = cellsOf(header);
  const list = new YAMLSeq() as YAMLSeq.Parsed;
  for (const row of rows) {
    const cells = cellsOf(row);
    if (row.record.length !== header.record.length) {
      const { line } = lines.linePos(cursor - row.raw.trim().length);
      const message = `the line has ${row.record.length < header.record.length ? "fewer" : "more"} values than the first one`;
      return refuse(message, line, "quote a value that has a separator in it");
    }
    const map = new YAMLMap() as YAMLMap.Parsed;
    for (const [index, value] of cells.entries()) {
      const key = keys[index];
      if (key !== undefined) map.items.push(new Pair<ParsedNode, ParsedNode>(key, value));
    }
    map.range = [cursor - row.raw.trim().length, cursor, cursor];
    list.items.push(map);
  }
  list.range = [0, text.length, text.length];
  return { document: createSourceDocument({ file, folder, text, lines, root: list }) };
}

interface CsvRecord {
  readonly record: readonly string[];
  /** As it stands in the file, with its line break. */
  readonly raw: string;
}

function recordsOf(text: string): readonly CsvRecord[] {
  const [first = ""] = text.split("\n", 1);
  const [delimiter] = separators.toSorted((left, right) => first.split(right).length - first.split(left).length);
  return parse(text, {
    delimiter: delimiter ?? ",",
    raw: true,
    // Checked by `parseCsv`, which knows where the line is.
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as readonly CsvRecord[];
}

/** Of the value that is wrong. The parser's own count of lines takes a carriage return in quotes for one more. */
function offsetOf(error: CsvError, text: string): number {
  const { bytes = 0 } = error as CsvError & { readonly bytes?: number };
  const before = Buffer.from(text).subarray(0, bytes).toString().length;
  const blank = /^(?:[ \t]*[\r\n])+/u.exec(text.slice(before));
  return before + (blank?.[0].length ?? 0);
}

function messageOf({ code }: CsvError): string {
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a quoted value has no end";
  return "the line is not CSV: a quotation mark stands in the wrong place";
}

function hintOf({ code }: CsvError): string {
  if (code === "CSV_QUOTE_NOT_CLOSED") return 'write a quotation mark inside of a value twice: ""';
  return 'quote the whole value: "a ""b"" c"';
}

function cell(value: string, start: number, end: number): Scalar.Parsed {
  const scalar = new Scalar(value) as Scalar.Parsed;
  scalar.source = value;
  scalar.type = Scalar.PLAIN;
  scalar.range = [start, end, end];
  return scalar;
}
