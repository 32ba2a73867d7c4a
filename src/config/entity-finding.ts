/** Findings about entities: a rule names a field, and the finding gets its place. */
import type { Finding } from "../model/finding.ts";
import { pointerParts, pointerTo, type JsonPointer } from "../model/json.ts";
import type { DeclaredEntity } from "./config.ts";
import { spanOf, spanWithinResult, type YamlPlace } from "./source/positions.ts";
import { usedBy } from "./source/distinct-findings.ts";
import { fixAt, type Repair } from "./source/repair.ts";
import { concerns, keyWrittenAt, writtenAt, type WrittenAt } from "./values/provenance.ts";

export type EntityFinding = Omit<Finding, "at" | "pointer" | "entity" | "fix"> & {
  /** Relative to the entity. "" means the entity itself, shown at its key. */
  readonly pointer: JsonPointer;
  /** Mark the key instead of the value. */
  readonly isAboutKey?: boolean;
  /** A part of the text at `pointer`. */
  readonly range?: readonly [start: number, end: number];
  /** A repair of the value at `pointer`; only if it is certain. */
  readonly repair?: Repair;
};

export function findingFor(entity: DeclaredEntity, finding: EntityFinding): Finding {
  const { isAboutKey, range, pointer, repair, ...rest } = finding;
  const found = (isAboutKey === true ? keyWrittenAt : writtenAt)(entity.provenance, pointer);
  const isKey = isAboutKey === true || pointer === "" || !found.isVerbatim;
  const at =
    range === undefined || !found.isVerbatim
      ? spanOf(found.place, isKey ? "key" : "value")
      : spanWithinResult(found.place, ...range);
  return {
    ...usageOf(entity, found),
    ...rest,
    at,
    pointer: found.pointer,
    entity: entity.key,
    // An edit of a row might not say the same in its file, or would concern other objects.
    ...(found.isVerbatim && found.isInRow !== true ? fixAt(found.place, repair) : {}),
  };
}

/**
 * Which object it is about, where it stands outside of its block (in a template, under `defaults`, behind an anchor) or in a
 * block that makes several.
 */
function usageOf({ key, provenance }: DeclaredEntity, { by, place, isInRow }: WrittenAt): Pick<Finding, "related"> {
  const { place: own } = writtenAt(provenance, "");
  if (by === "service" || by === "override") return {};
  const row = provenance.get("")?.loopRow;
  if (row !== undefined && isInRow !== true)
    return { related: { message: usedBy([key]), at: spanOf(row, row.key === undefined ? "value" : "key") } };
  if (isInside(place, own)) return {};
  return { related: { message: usedBy([key]), at: spanOf(own, "key") } };
}

function isInside({ document, key, node }: YamlPlace, outer: YamlPlace): boolean {
  const [inner, around] = [(node ?? key)?.range, outer.node?.range];
  if (outer.node === node) return true;
  if (document.file !== outer.document.file || inner === undefined || around === undefined) return false;
  return inner[0] >= around[0] && inner[1] <= around[1];
}

/** Where the value at `pointer` is written, whichever part of the configuration it comes from. */
export function placeIn(entity: Pick<DeclaredEntity, "provenance">, pointer: JsonPointer): YamlPlace {
  return writtenAt(entity.provenance, pointer).place;
}

/** Whether the field is written, even if its value was wrong and left out. */
export function isWritten({ written, provenance }: DeclaredEntity, field: string): boolean {
  return Object.hasOwn(written, field) || provenance.get(pointerTo(field))?.isBroken === true;
}

/** Whether the value at `pointer` must not be quoted. */
export function isHidden({ variant, provenance }: Described, pointer: JsonPointer): boolean {
  const [field = ""] = pointerParts(pointer);
  return variant.fields[field]?.isSensitive === true || concerns(provenance, "isSecret", pointer);
}

type Described = Pick<DeclaredEntity, "variant" | "provenance">;

/** Whether the value at `pointer`, or a part of it, is a placeholder, so that nothing can be concluded from it. */
export function isWithheld({ provenance }: Pick<DeclaredEntity, "provenance">, pointer: JsonPointer): boolean {
  return concerns(provenance, "placeholder", pointer);
}

/** `"value"`, or words that reveal nothing. */
export function quoted(entity: Described, pointer: JsonPointer, value: string): string {
  return isHidden(entity, pointer) ? "(not shown)" : `"${value}"`;
}
