/** Monitors that differ in a few fields, as one block with `each:`. */
import { entityKey, localKey, type EntityKey } from "../../model/entity.ts";
import { isEqualJson, isJsonObject, textsIn, type Json } from "../../model/json.ts";
import { slug } from "../../model/slug.ts";
import type { ImportedEntity } from "../imported.ts";
import { affixesOf } from "./affixes.ts";
import { textsApart, textsAroundKeys, type RowTexts } from "./row-texts.ts";

/** Between what can be cut from an address: its scheme and path. */
const addressBoundary = /[/\s]/u;

/** Fields in which a number of a key is meant; an interval of `2m` has nothing to do with the key `web-2`. */
const namingFields: ReadonlySet<string> = new Set(["name", "description", "url", "hostname"]);

/** Without what its objects adopt. `free` are the fields in which `members` differ. Undefined if the loop would need a key that is in `taken`. */
export function loopOf(
  members: readonly ImportedEntity[],
  free: readonly string[],
  taken: ReadonlySet<EntityKey>,
): ImportedEntity | undefined {
  const [first] = members;
  const keys = members.map(({ key }) => localKey(key));
  const rowKeys = first && rowKeysFor(keys, first, taken);
  if (first === undefined || rowKeys === undefined || free.includes(rowKeys.name)) return undefined;
  const columns = new Map<string, readonly Json[]>();
  const columnOf = (name: string, { own }: RowTexts): string => {
    const known = [...columns].find(([, values]) => isEqualJson([...values], [...own]));
    if (known === undefined) columns.set(name, own);
    return known?.[0] ?? name;
  };
  const differing = [...(members.some(isNamed) ? ["name"] : []), ...free].map((name) => {
    const values = members.map(({ fields, key }) => fields[name] ?? (name === "name" ? localKey(key) : null));
    if (values.every((value) => isEqualJson(value, values[0] ?? null))) return { name, value: values[0] ?? null };
    const isMeant = namingFields.has(name) || rowKeys.own.every((own) => !/^\d+$/u.test(own));
    const around = isMeant ? textsAroundKeys(values, rowKeys.own) : undefined;
    const texts = around ?? textsApart(values, name === "name" ? undefined : addressBoundary);
    return { name, texts, column: around === undefined ? columnOf(name, texts) : rowKeys.name };
  });
  const rows = rowsOf(rowKeys, columns);
  const written = new Map(
    differing.map((field): [string, Json] => {
      if (field.texts === undefined) return [field.name, field.value];
      const name = field.column === rows.only ? "value" : field.column;
      return [field.name, field.texts.text(`\${each:${name}}`)];
    }),
  );
  const { name: _name, adopt: _adopt, ...others } = first.fields;
  const name = written.get("name");
  return {
    ...first,
    key: rowKeys.key,
    count: members.length,
    fields: {
      each: rows.each,
      ...(name === undefined ? {} : { name }),
      ...Object.fromEntries(Object.entries(others).map(([field, value]) => [field, written.get(field) ?? value])),
    },
  };
}

function isNamed({ fields }: ImportedEntity): boolean {
  return fields["name"] !== undefined;
}

/** How the keys of a loop's objects come from its rows. */
interface RowKeys {
  /** Of the loop: `monitor/web-${each:key}`. */
  readonly key: EntityKey;
  /** `key`, or the name of a column. */
  readonly name: string;
  /** By row. */
  readonly own: readonly string[];
}

/** Undefined if other loops have all keys that would do. */
function rowKeysFor(
  keys: readonly string[],
  { fields }: ImportedEntity,
  taken: ReadonlySet<EntityKey>,
): RowKeys | undefined {
  const { prefix, suffix, middles } = affixesOf(keys, /[-._]/u);
  const named = (name: string): RowKeys => ({ key: entityKey("monitor", `\${each:${name}}`), name, own: keys });
  const names = [fields["parent"], fields["type"]].flatMap((value) => textsIn(value ?? []).map(slug));
  const all = [
    { key: entityKey("monitor", `${prefix}\${each:key}${suffix}`), name: "key", own: middles },
    named("key"),
    ...names.filter((name) => name !== "" && name !== "value").map(named),
  ];
  return all.find(({ key }) => !taken.has(key));
}

interface Rows {
  readonly each: Json;
  /** The column that is the row's whole value; absent if rows are mappings. */
  readonly only?: string;
}

/** As a list, a mapping, or a list of mappings, whichever is the shortest that can say it. */
function rowsOf({ name, own }: RowKeys, columns: ReadonlyMap<string, readonly Json[]>): Rows {
  const isMapping = name === "key" && own.every((key) => key !== "__proto__" && key !== "key" && !/^\d+$/u.test(key));
  if (columns.size === 0) {
    if (name !== "key") return { each: { [name]: [...own] } };
    return { each: own.map((key) => (/^(?:0|[1-9]\d{0,9})$/u.test(key) ? Number(key) : key)) };
  }
  const rowAt = (index: number): Readonly<Record<string, Json>> =>
    Object.fromEntries([...columns].map(([column, values]) => [column, values[index] ?? null]));
  if (!isMapping) return { each: own.map((key, index) => ({ [name]: key, ...rowAt(index) })) };
  const [[only, values] = ["", []]] = columns;
  return columns.size === 1 && !values.some(isJsonObject)
    ? { each: Object.fromEntries(own.map((key, index) => [key, values[index] ?? null])), only }
    : { each: Object.fromEntries(own.map((key, index) => [key, rowAt(index)])) };
}
