/** Which parts of the configuration say something of an object, and where they stand. */
import type { KindName } from "../../model/entity.ts";
import { isWithin, pointerParts, pointerTo } from "../../model/json.ts";
import type { ObjectSource } from "../../model/rendered-configuration.ts";
import type { DeclaredEntity } from "../config.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { writtenAt, type Origin } from "../values/provenance.ts";

/** The object's own place first, then each part that one of `names`, its keys, comes from, in the order of the files. */
export function objectSources({ kind, provenance }: DeclaredEntity, names: readonly string[]): readonly ObjectSource[] {
  const { by, pointer, place } = writtenAt(provenance, "");
  const block = by === "service" ? { name: pointerParts(pointer).slice(0, 2).join(".") } : {};
  const kept = names.map((name) => pointerTo(name));
  const others = [...provenance].flatMap(([at, { origin }]) =>
    origin !== undefined && isWithin(at, kept) ? (partOf(origin, kind) ?? []) : [],
  );
  const distinct = new Map(others.map((source) => [JSON.stringify(source), source]));
  const row = provenance.get("")?.loopRow;
  const own = { by, ...block, ...lineOf(place) };
  const rows = row === undefined ? [] : [{ by: "row" as const, ...lineOf(row) }];
  return [own, ...rows, ...[...distinct.values()].toSorted(comparePlaces)];
}

/** How many parts of a pointer lead to such a part of the configuration, and which of them is its name. */
const shapes = {
  template: { length: 2, name: 1 },
  defaults: { length: 2, name: 1 },
  group: { length: 3, name: 1 },
  override: { length: 4, name: 1 },
} as const;

/** Undefined for a value of the object's own block. */
function partOf({ by, pointer, place: { document } }: Origin, kind: KindName): ObjectSource | undefined {
  if (by === "object" || by === "service") return undefined;
  // Those of other kinds stand under the name of the kind.
  const shape = by === "template" && kind !== "monitor" ? { length: 3, name: 2 } : shapes[by];
  const parts = pointerParts(pointer).slice(0, shape.length);
  const root = { document, ...(document.root === undefined ? {} : { node: document.root }) };
  return { by, name: parts[shape.name] ?? "", ...lineOf(placeBelow(root, parts)) };
}

function lineOf(place: YamlPlace): Pick<ObjectSource, "file" | "line"> {
  const { file, line } = spanOf(place, "key");
  return { file, line };
}

function comparePlaces(left: ObjectSource, right: ObjectSource): number {
  return left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1;
}
