/** Reads `each:`: a list, a mapping, a file, or several of them by name, which are multiplied. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, pointerParts, pointerTo, type Json, type JsonObject } from "../../model/json.ts";
import { childPlace, placeBelow } from "../source/child-place.ts";
import { mergedPairs } from "../source/merge-keys.ts";
import { keyText, resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import type { ContextFor } from "../values/contexts.ts";
import type { Interpolated } from "../values/interpolate.ts";
import { isBroken, type KnownValue, type Provenance } from "../values/provenance.ts";
import { readValue, type ReadValue } from "../values/read-value.ts";
import { columnText } from "../values/each-value.ts";
import type { LoopRow } from "../values/loop-row.ts";
import { namedRow, singleRow, type NamedRow, type RowItem, type RowUse } from "./row-items.ts";
import type { RowFiles } from "./row-files.ts";

export interface RowsInput {
  readonly contextFor: ContextFor;
  readonly files: RowFiles;
  readonly report: (finding: Finding) => void;
}

/** Far more than anybody watches; a product of lists grows fast. */
const mostRows = 50_000;

interface RowsOf {
  /** Of `each:`. */
  readonly place: YamlPlace;
  /** Of the objects, as written. */
  readonly key: string;
  readonly use: RowUse;
}

/** The rows of a loop. Undefined, with findings, if they cannot be read. */
export function readRows({ place, key, use }: RowsOf, input: RowsInput): readonly LoopRow[] | undefined {
  const lists = namedLists(place, key);
  if (lists === undefined) return itemsAt(place, undefined, input)?.map((item) => singleRow(item, use));
  let rows: readonly NamedRow[] = [namedRow([], place, use)];
  for (const [name, list] of lists) {
    // One that does not depend on the rows before it is read once.
    const isSame = !mentionsEach(list);
    let items: readonly RowItem[] | undefined;
    const next: NamedRow[] = [];
    for (const row of rows) {
      if (!isSame || items === undefined) items = itemsAt(list, row, input);
      if (items === undefined) return undefined;
      for (const item of items) next.push(row.with(name, item));
      if (next.length > mostRows) return tooMany(place, input);
    }
    rows = next;
  }
  return rows;
}

function tooMany(place: YamlPlace, { report }: RowsInput): undefined {
  const message = `the lists make more than ${mostRows} rows`;
  report({
    code: "KS1766",
    severity: "error",
    message,
    at: spanOf(place, "key"),
    hint: "multiply fewer or shorter lists",
  });
}

/**
 * The lists that are multiplied, by name. Undefined for rows. A mapping of lists or mappings could be either, so the key of the
 * objects tells: it names a list, as `${each:site}` or `${each:site.key}`, or has `${each:key}`, which only rows have.
 */
function namedLists(place: YamlPlace, objectKey: string): readonly (readonly [string, YamlPlace])[] | undefined {
  const { document } = place;
  const node = resolved(document, place.node);
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return undefined;
  const lists = mergedPairs(document, node).pairs.flatMap(({ key, value }): (readonly [string, YamlPlace])[] => {
    const name = keyText(key);
    return name === undefined ? [] : [[name, { document, key, ...(value === null ? {} : { node: value }) }]];
  });
  if (lists.some(([name]) => objectKey.includes(`\${each:${name}}`) || objectKey.includes(`\${each:${name}.`)))
    return lists;
  const areRows = /\$\{each:key[}:|]/u.test(objectKey);
  return !areRows && lists.some(([, list]) => isList(list)) ? lists : undefined;
}

function isList({ document, node }: YamlPlace): boolean {
  const found = resolved(document, node);
  return isSeq(found) || (isScalar(found) && typeof found.value === "string" && found.value.includes("${each:"));
}

function mentionsEach({ document, node }: YamlPlace): boolean {
  const range = resolved(document, node)?.range;
  return range !== undefined && document.text.slice(range[0], range[1]).includes("${each:");
}

const fileKeys = ["file", "at"];

/** The rows of one list. */
function itemsAt(place: YamlPlace, row: LoopRow | undefined, input: RowsInput): readonly RowItem[] | undefined {
  const read = readValue(place, input.contextFor(place, row));
  const { value } = read;
  const named = isJsonObject(value) ? namedFile(value) : undefined;
  if (named !== undefined) return isBroken(read.provenance) ? undefined : itemsOfFile(named, place, input);
  const from = read.provenance.get("")?.rowPlace ?? place;
  return itemsOf(read, from, input);
}

/** A file, and the path of the rows in it, such as `sites.eu`. */
interface NamedFile {
  readonly file: string;
  readonly at?: string;
}

/** What `each: { file, at }` names; undefined for a mapping of rows. */
function namedFile(value: JsonObject): NamedFile | undefined {
  const { file, at } = value;
  if (typeof file !== "string" || !Object.keys(value).every((key) => fileKeys.includes(key))) return undefined;
  if (at === undefined) return { file };
  return { file, at: typeof at === "string" ? at : JSON.stringify(at) };
}

function itemsOfFile({ file, at }: NamedFile, place: YamlPlace, input: RowsInput): readonly RowItem[] | undefined {
  const found = input.files.read(file, placeBelow(place, ["file"]));
  if (found === undefined) return undefined;
  const { document, isPlainText } = found;
  const root: YamlPlace = { document, ...(document.root === undefined ? {} : { node: document.root }) };
  let rows: YamlPlace | undefined = root;
  for (const part of at?.split(".") ?? []) rows = rows && childPlace(rows, part);
  if (rows === undefined) {
    const message = `"${file.slice(0, 80)}" has nothing at "${at?.slice(0, 80) ?? ""}"`;
    input.report({ code: "KS1765", severity: "error", message, at: spanOf(placeBelow(place, ["at"]), "value") });
    return undefined;
  }
  const read = readValue(rows, { ...input.contextFor(rows), interpolate: literal });
  return itemsOf(read, rows, input)?.map((item) => (isPlainText ? { ...item, isPlainText } : item));
}

function literal(text: string): Interpolated {
  return {
    text,
    isSecret: false,
    isWhole: false,
    problems: [],
    absent: [],
    isComplete: true,
    origin: (start, end) => [start, end],
  };
}

const nothing: Provenance = new Map();

/** `place` is where the rows are written. */
function itemsOf(
  { value, provenance }: ReadValue,
  place: YamlPlace,
  { report }: RowsInput,
): readonly RowItem[] | undefined {
  if (provenance.get("")?.isBroken === true) return undefined;
  const parts = bySegment(provenance);
  const itemAt = (part: string, item: Json, key?: string): RowItem => {
    const at = childPlace(place, part) ?? place;
    const own = key ?? (typeof item === "object" ? undefined : columnText({ value: item, place: at }));
    return { key: own, value: item, provenance: parts.get(part) ?? nothing, place: at };
  };
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, index) => itemAt(String(index), item));
  }
  if (isJsonObject(value)) return Object.entries(value).map(([key, item]) => itemAt(key, item, key));
  const hint = "write a list, a mapping of keys and rows, or { file: rows.csv }";
  const what = value === null ? "nothing" : "one value";
  report({
    code: "KS1758",
    severity: "error",
    message: `"each" must have rows, not ${what}`,
    at: spanOf(place, "value"),
    hint,
  });
  return undefined;
}

/** What is known of each item, by its first part. Most rows have no expressions, and nothing is known of them. */
function bySegment(provenance: Provenance): ReadonlyMap<string, Provenance> {
  const parts = new Map<string, Map<string, KnownValue>>();
  for (const [at, known] of provenance) {
    const [part, ...rest] = pointerParts(at);
    if (part === undefined) continue;
    const own = parts.get(part) ?? new Map<string, KnownValue>();
    own.set(pointerTo(...rest), known);
    parts.set(part, own);
  }
  return parts;
}
