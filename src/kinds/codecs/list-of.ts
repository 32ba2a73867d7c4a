import type { Json } from "../../model/json.ts";

/** The items of a list; none for anything else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
