/** Makes the blocks of a loop: one for each row, with a key of its own. */
import { entityKey, localKey, type EntityKey, type KindName, type LoopKeys } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { isKey } from "../sections/full-key.ts";
import { childPlace, placeBelow } from "../source/child-place.ts";
import { keyText, spanOf, type YamlPlace } from "../source/positions.ts";
import { isBroken } from "../values/provenance.ts";
import { readValue, type ReadContext } from "../values/read-value.ts";
import { parseTemplate } from "../values/template.ts";
import { loopKeys, type LoopRow } from "../values/loop-row.ts";
import { blockWithout } from "./block-without.ts";
import { repeatedKeys } from "./repeated-keys.ts";
import { chooseRows } from "./choose-rows.ts";
import type { LeftOut } from "./left-out.ts";
import { readRows, type RowsInput } from "./read-rows.ts";
import { createRowUse, unusedColumns, type RowUse } from "./row-items.ts";

export interface DeclaredLoop {
  readonly kind: KindName;
  /** With its article, for findings: `a monitor`. */
  readonly what: string;
  /** As written, with its expressions. */
  readonly writtenKey: EntityKey;
  readonly place: YamlPlace;
  /** Each row makes a service, which stands for several monitors. */
  readonly isService?: true;
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
  /** What its other rows would make. */
  readonly leftOut: ReadonlyMap<EntityKey, LeftOut>;
  readonly use: RowUse;
  /** False if rows could not be read or made no object: not everything that the loop declares is known. */
  readonly isComplete: boolean;
}

export function expandLoop(declared: DeclaredLoop, input: RowsInput): Loop {
  const { place } = declared;
  repeatedKeys(place, Object.values(loopKeys)).forEach(input.report);
  const use = createRowUse();
  const rowsPlace = placeBelow(place, [loopKeys.rows]);
  const rows = readRows({ place: rowsPlace, key: localKey(declared.writtenKey), use }, input);
  if (rows?.length === 0) input.report(noRows(declared, rowsPlace));
  const [condition, distinct] = [childPlace(place, loopKeys.condition), childPlace(place, loopKeys.distinct)];
  const chosen = rows && chooseRows(rows, { condition, distinct }, input);
  if (chosen === undefined) return { ...declared, objects: [], leftOut: new Map(), use, isComplete: false };
  // Not read for each row: a loop may have thousands.
  const body = blockWithout(place, Object.values(loopKeys));
  const contextOf = (row: LoopRow): Pick<LoopObject, "place" | "context"> => {
    // Places inside a text depend on what the row inserts there.
    const object = { ...body, document: { ...place.document, interpolated: new Map() } };
    return { place: object, context: input.contextFor(object, row) };
  };
  const byKey = new Map<EntityKey, LoopObject>();
  let { isComplete } = chosen;
  for (const row of chosen.rows) {
    const object = contextOf(row);
    const key = keyOf(declared, row, object.context);
    const first = key === undefined ? undefined : byKey.get(key)?.row;
    if (key !== undefined && first === undefined) {
      byKey.set(key, { key, row, ...object });
      continue;
    }
    isComplete = false;
    if (key === undefined || first === undefined) continue;
    input.report(sameKey(key, row, first, declared));
    // Without an expression in the key, every other row has the same mistake.
    if (!declared.writtenKey.includes("${")) break;
  }
  const leftOut = new Map<EntityKey, LeftOut>();
  for (const { row, ...reason } of chosen.leftOut) {
    const key = keyOf(declared, row, { ...contextOf(row).context, report: () => undefined });
    if (key !== undefined && !byKey.has(key)) leftOut.set(key, reason);
  }
  return { ...declared, objects: [...byKey.values()], leftOut, use, isComplete };
}

/** A regular expression for all local keys that the rows can make. */
export function keyPatternOf(writtenKey: EntityKey): string {
  const parts = parseTemplate(localKey(writtenKey)).map((part) =>
    part.type === "text" ? part.text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&") : ".+",
  );
  return parts.join("");
}

/** For the guards of a plan: without the objects that `enabled` leaves out, which are not `declared`. */
export function keysOfLoop(
  { writtenKey, kind, objects }: Loop,
  declared: Pick<ReadonlySet<EntityKey>, "has">,
): LoopKeys {
  const made = objects.map(({ key }) => key).filter((key) => declared.has(key));
  return { key: writtenKey, pattern: `^${kind}/${keyPatternOf(writtenKey)}$`, made };
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

/** Undefined, with a finding, if the row makes no usable key. */
function keyOf(
  { kind, what, place, writtenKey }: DeclaredLoop,
  row: LoopRow,
  context: ReadContext,
): EntityKey | undefined {
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
  if (isKey(local)) return entityKey(kind, local);
  context.report({
    code: "KS1207",
    severity: "error",
    message: `the row makes the key "${local.slice(0, 60)}", which cannot be the key of ${what}`,
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
