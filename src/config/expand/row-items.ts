/** Rows and their columns, and which columns were asked for. */
import { isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import { placeBelow } from "../source/child-place.ts";
import type { YamlPlace } from "../source/positions.ts";
import type { KnownValue, Provenance } from "../values/provenance.ts";
import type { LoopRow, RowValue } from "../values/loop-row.ts";

/** One row of one list. */
export interface RowItem {
  /** Of a mapping of rows; of a list, the value itself. Undefined for a list of mappings. */
  readonly key: string | undefined;
  readonly value: Json;
  readonly provenance: Provenance;
  readonly place: YamlPlace;
  readonly isPlainText?: boolean;
}

/** What the blocks of a loop have asked for, and the columns there are, with the first place of each. */
export interface RowUse {
  readonly asked: Set<string>;
  readonly columns: Map<string, YamlPlace>;
}

/** Of a row as a whole, so that all its columns count as asked for. */
const whole = "*";

export function createRowUse(): RowUse {
  return { asked: new Set(), columns: new Map() };
}

/** The columns that nothing asked for, those of one list together. */
export function unusedColumns({ asked, columns }: RowUse): readonly (readonly (readonly [string, YamlPlace])[])[] {
  const byList = new Map<string, (readonly [string, YamlPlace])[]>();
  for (const [name, place] of columns) {
    const list = name.slice(0, name.lastIndexOf("/") + 1);
    if (asked.has(name) || asked.has(list + whole)) continue;
    byList.set(list, [...(byList.get(list) ?? []), [name.replace("/", "."), place]]);
  }
  return [...byList.values()];
}

/** The row of a loop over one list: `${each:host}`, `${each:key}`, `${each:value}`. */
export function singleRow(item: RowItem, use: RowUse): LoopRow {
  note(item, "", use);
  return {
    place: item.place,
    columns: () => columnsOf(item),
    value: (path) => valueOf(item, path, "", use),
  };
}

/** The row of a loop over several lists: `${each:site}`, `${each:site.host}`, `${each:site.key}`. */
export function namedRow(
  items: readonly (readonly [name: string, item: RowItem])[],
  place: YamlPlace,
  use: RowUse,
): NamedRow {
  const byName = new Map(items);
  return {
    place: items.at(-1)?.[1].place ?? place,
    columns: () =>
      [...byName].flatMap(([name, item]) => [name, ...columnsOf(item).map((column) => `${name}.${column}`)]),
    value(path) {
      const [name = "", ...rest] = path.split(".");
      const item = byName.get(name);
      if (item === undefined) return undefined;
      return valueOf(item, rest.length === 0 ? "value" : rest.join("."), `${name}/`, use);
    },
    with(name, item) {
      note(item, `${name}/`, use);
      return namedRow([...items, [name, item]], place, use);
    },
  };
}

export interface NamedRow extends LoopRow {
  /** The row that has a row of one more list. */
  readonly with: (name: string, item: RowItem) => NamedRow;
}

function columnsOf({ key, value }: RowItem): readonly string[] {
  const own = isJsonObject(value) ? Object.keys(value) : [];
  return [...(key === undefined || own.includes("key") ? [] : ["key"]), ...(isJsonObject(value) ? own : ["value"])];
}

function note({ value, place }: RowItem, prefix: string, { columns }: RowUse): void {
  if (!isJsonObject(value)) return;
  for (const name of Object.keys(value)) {
    if (!columns.has(prefix + name)) columns.set(prefix + name, placeBelow(place, [name]));
  }
}

function valueOf(item: RowItem, path: string, prefix: string, { asked }: RowUse): RowValue | undefined {
  const parts = partsOf(item.value, path);
  if (parts !== undefined) {
    asked.add(prefix + (parts[0] ?? ""));
    return below(item, parts);
  }
  if (path === "key" && item.key !== undefined) {
    const { document, key } = item.place;
    return {
      value: item.key,
      provenance: new Map(),
      place: { document, ...(key === undefined ? item.place : { node: key }) },
    };
  }
  if (path !== "value") return undefined;
  asked.add(prefix + whole);
  return below(item, []);
}

/** The keys that lead to a column: one with a dot in its name, or one of a mapping in the row. */
function partsOf(value: Json, path: string): readonly string[] | undefined {
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return [path];
  const dot = path.indexOf(".");
  if (dot === -1) return undefined;
  const [first, rest] = [path.slice(0, dot), path.slice(dot + 1)];
  const deeper = Object.hasOwn(value, first) ? partsOf(value[first] ?? null, rest) : undefined;
  return deeper === undefined ? undefined : [first, ...deeper];
}

function below(item: RowItem, parts: readonly string[]): RowValue {
  let { value } = item;
  for (const part of parts) value = isJsonObject(value) ? (value[part] ?? null) : null;
  const provenance = provenanceBelow(item.provenance, parts);
  return {
    value,
    provenance,
    // Looked up only where it is needed: most values become a part of a text.
    get place() {
      const own = item.provenance.get("")?.rowPlace ?? item.place;
      return provenance.get("")?.rowPlace ?? placeBelow(own, parts);
    },
    ...(item.isPlainText === true ? { isPlainText: true } : {}),
  };
}

const nothing: Provenance = new Map();

function provenanceBelow(provenance: Provenance, parts: readonly string[]): Provenance {
  if (provenance.size === 0) return nothing;
  if (parts.length === 0) return provenance;
  const root = pointerTo(...parts);
  return new Map(
    [...provenance].flatMap(([at, known]): [string, KnownValue][] =>
      at === root || at.startsWith(`${root}/`) ? [[at.slice(root.length), known]] : [],
    ),
  );
}
