import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { writtenAt } from "../values/provenance.ts";

/** Whether somebody gave the field a value that is not nothing. */
export function isSaid({ written, canonical }: DeclaredEntity, field: string): boolean {
  const value = canonical[field];
  return Object.hasOwn(written, field) && value !== null && value !== undefined && value !== "";
}

/** The same, for this object alone: a value under `defaults` is for all, also for those where it has no effect. */
export function isSaidHere(entity: DeclaredEntity, field: string): boolean {
  return isSaid(entity, field) && writtenAt(entity.provenance, pointerTo(field)).by !== "defaults";
}
