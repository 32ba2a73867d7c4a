import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { writtenAt } from "../values/provenance.ts";

/** Whether the field has a written value that is not empty. */
export function hasWrittenValue({ written, canonical }: DeclaredEntity, field: string): boolean {
  const value = canonical[field];
  return Object.hasOwn(written, field) && value !== null && value !== undefined && value !== "";
}

/** Whether the value is not from `defaults`, which may have no effect on some objects. */
export function hasOwnValue(entity: DeclaredEntity, field: string): boolean {
  return hasWrittenValue(entity, field) && writtenAt(entity.provenance, pointerTo(field)).by !== "defaults";
}
