/**
 * Converts a canonical spec to the row that the server would have: with the server's names and JSON texts, and without
 * fields that it does not know.
 */
import { monitor as monitorKind } from "../kinds/monitor.ts";
import { toPayload } from "../kinds/spec.ts";
import type { JsonObject } from "../model/json.ts";
import type { Release } from "../model/release.ts";

/** Undefined for a type that this version of kuma-sync does not know. */
export function monitorRow(spec: JsonObject, release: Release): JsonObject | undefined {
  const variant = monitorKind.variant(typeof spec["type"] === "string" ? spec["type"] : undefined);
  // No check uses the objects that a monitor refers to, so any id works.
  return variant === undefined ? undefined : toPayload(variant, spec, () => 0, release);
}

/** Text of a row; null for the database's NULL. */
export function textIn(row: JsonObject, name: string): string | null {
  const value = row[name];
  return typeof value === "string" ? value : null;
}

export function numberIn(row: JsonObject, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : 0;
}
