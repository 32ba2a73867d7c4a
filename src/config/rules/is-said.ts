import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { writtenAt } from "../values/provenance.ts";

/** Whether the field has a written value that is not empty. */
export function isSaid({ written, canonical }: DeclaredEntity, field: string): boolean {
  const value = canonical[field];
  return Object.hasOwn(written, field) && value !== null && value !== undefined && value !== "";
}

/** The same for this object alone: a value under `defaults` may have no effect on some objects. */
export function isSaidHere(entity: DeclaredEntity, field: string): boolean {
  return isSaid(entity, field) && writtenAt(entity.provenance, pointerTo(field)).by !== "defaults";
}
