/** Makes the blocks of a loop: one for each row, with a key of its own. */
import type { Kind } from "../../kinds/kind.ts";
import { entityKey, localKey, type EntityKey, type LoopKeys } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { canonicalText, type Json } from "../../model/json.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { isKey } from "../sections/full-key.ts";
import { childPlace, placeBelow } from "../source/child-place.ts";
import { keyText, spanOf, type YamlPlace } from "../source/positions.ts";
import { isBroken } from "../values/provenance.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";
import { parseTemplate } from "../values/template.ts";
import { loopKeys, type LoopRow } from "../values/loop-row.ts";
import { blockWithout } from "./block-without.ts";
import { conditionAt } from "./condition.ts";
import { readRows, type RowsInput } from "./read-rows.ts";
import { createRowUse, unusedColumns, type RowUse } from "./row-items.ts";

export interface DeclaredLoop {
  readonly kind: Kind;
  /** As written, with its expressions. */
  readonly writtenKey: EntityKey;
  readonly place: YamlPlace;
}

/** One object of a loop. */
export interface LoopObject {
  readonly key: EntityKey;
  readonly row: LoopRow;
  /** The block without the keys of the loop, in a document of its own. */
  readonly place: YamlPlace;
  readonly context: ReadContext;
}

export interface Loop extends DeclaredLoop {
  readonly objects: readonly LoopObject[];
  readonly use: RowUse;
  /** False if rows could not be read or made no object: not everything that the loop declares is known. */
  readonly isComplete: boolean;
}

export function expandLoop(declared: DeclaredLoop, input: RowsInput): Loop {
  const { place } = declared;
  const use = createRowUse();
  const rowsPlace = placeBelow(place, [loopKeys.rows]);
  const rows = readRows({ place: rowsPlace, key: localKey(declared.writtenKey), use }, input);
  if (rows?.length === 0) input.report(noRows(declared, rowsPlace));
  const chosen = rows && chosenRows(rows, place, input);
  if (chosen === undefined) return { ...declared, objects: [], use, isComplete: false };
  // Not read for each row: a loop may have thousands.
  const body = blockWithout(place, Object.values(loopKeys));
  const byKey = new Map<EntityKey, LoopObject>();
  let isComplete = true;
  for (const row of chosen) {
    // Places inside a text depend on what the row inserts there.
    const object = { ...body, document: { ...place.document, interpolated: new Map() } };
    const context = input.contextFor(object, row);
    const key = keyOf(declared, row, context);
    const first = key === undefined ? undefined : byKey.get(key)?.row;
    if (key !== undefined && first === undefined) {
      byKey.set(key, { key, row, place: object, context });
      continue;
    }
    isComplete = false;
    if (key === undefined || first === undefined) continue;
    input.report(sameKey(key, row, first, declared));
    // Without an expression in the key, every other row has the same mistake.
    if (!declared.writtenKey.includes("${")) break;
  }
  return { ...declared, objects: [...byKey.values()], use, isComplete };
}

/** For the guards of a plan. */
export function keysOfLoop({ writtenKey, kind, objects }: Loop): LoopKeys {
  const parts = parseTemplate(localKey(writtenKey)).map((part) =>
    part.type === "text" ? part.text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&") : ".+",
  );
  return { key: writtenKey, pattern: `^${kind.name}/${parts.join("")}$`, made: objects.map(({ key }) => key) };
}

/** Notes about columns that nothing has asked for, once all objects are read. */
export function unusedIn({ use, place }: Loop): readonly Finding[] {
  return unusedColumns(use).flatMap((columns): readonly Finding[] => {
    const [first] = columns;
    if (first === undefined) return [];
    const names = columns.map(([name]) => `"${name}"`);
    return [
      {
        code: "KS1761",
        severity: "info",
        message: `nothing asks for column${names.length === 1 ? "" : "s"} ${names.slice(0, 10).join(", ")}`,
        at: spanOf(first[1], "key"),
        hint: `write \${each:${first[0]}} where it is meant; a column that only people read can stay`,
        related: { message: "the loop", at: spanOf(place, "key") },
      },
    ];
  });
}

/** Rows that `when` keeps, without those that are equal in all columns of `distinct`. */
function chosenRows(rows: readonly LoopRow[], place: YamlPlace, input: RowsInput): readonly LoopRow[] | undefined {
  const condition = childPlace(place, loopKeys.condition);
  const kept =
    condition === undefined ? rows : rows.filter((row) => conditionAt(condition, input.contextFor(condition, row)));
  const distinct = childPlace(place, loopKeys.distinct);
  if (distinct === undefined) return kept;
  const columns = columnsAt(distinct, input.contextFor(distinct));
  if (columns === undefined) return undefined;
  const known = new Set<string>();
  const missing = new Set<string>();
  const different = kept.filter((row) => {
    const values = columns.map((column): Json => {
      const found = row.value(column);
      if (found === undefined) missing.add(column);
      return found?.value ?? null;
    });
    const text = canonicalText(values);
    return known.has(text) ? false : known.add(text);
  });
  for (const column of missing) {
    if (kept.some((row) => row.value(column) !== undefined)) continue;
    const message = `no row has "${column}"`;
    const hint = `they have ${(kept[0]?.columns() ?? []).slice(0, 20).join(", ")}`;
    input.report({ code: "KS1760", severity: "error", message, at: spanOf(distinct, "value"), hint });
    return undefined;
  }
  return different;
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

/** Undefined, with a finding, if the row makes no usable key. */
function keyOf({ kind, place, writtenKey }: DeclaredLoop, row: LoopRow, context: ReadContext): EntityKey | undefined {
  const { document } = context;
  const { value, provenance } = readValue(
    place.key === undefined ? { document } : { document, node: place.key },
    context,
  );
  if (isBroken(provenance)) return undefined;
  const local = typeof value === "string" ? value : localKey(writtenKey);
  if (provenance.get("")?.isSecret === true) {
    const message = "a key cannot come from ${env:…} or ${file:…}: it is shown in every plan";
    context.report({
      code: "KS1104",
      severity: "error",
      message,
      at: spanOf(place, "key"),
      hint: "use another column for the key",
    });
    return undefined;
  }
  if (isKey(local)) return entityKey(kind.name, local);
  context.report({
    code: "KS1207",
    severity: "error",
    message: `the row makes the key "${local.slice(0, 60)}", which cannot be the key of a ${kind.name}`,
    at: rowSpan(row),
    hint: "keys have letters, digits, dot, dash and underscore; use a column for the key that has only these",
    related: { message: "the loop", at: spanOf(place, "key") },
  });
  return undefined;
}

function rowSpan({ place }: LoopRow): SourceSpan {
  return spanOf(place, place.key === undefined ? "value" : "key");
}

function noRows({ place }: DeclaredLoop, rows: YamlPlace): Finding {
  return {
    code: "KS1759",
    severity: "warning",
    message: `"${keyText(place.key) ?? ""}" has no rows, so it makes nothing`,
    at: spanOf(rows, "value"),
    hint: "fill the list, or remove the block",
  };
}

function sameKey(key: EntityKey, row: LoopRow, first: LoopRow, { writtenKey }: DeclaredLoop): Finding {
  const hint = writtenKey.includes("${each:")
    ? "add a column to the key that tells them apart, or leave repeated rows out with distinct: COLUMN"
    : `write \${each:key} or another column in the key: "${localKey(writtenKey)}-\${each:key}"`;
  return {
    code: "KS1762",
    severity: "error",
    message: `two rows make the key "${localKey(key)}"`,
    at: rowSpan(row),
    hint,
    related: { message: "first here", at: rowSpan(first) },
  };
}
