/** The server's entry page: a reference to a status page, written as its slug. */
import { isJsonObject, type Json } from "./json.ts";
import type { DesiredEntity, ObservedEntity } from "./entity.ts";

/** The list of all monitors, which is not a status page. */
const dashboard = "dashboard";

/** The slug of the status page that settings name; undefined for other kinds and for the dashboard. */
export function entryPageOf({ kind, spec }: Pick<DesiredEntity | ObservedEntity, "kind" | "spec">): string | undefined {
  if (kind !== "settings" || !isJsonObject(spec)) return undefined;
  const page: Json | undefined = spec["entryPage"];
  return typeof page === "string" && page !== "" && page !== dashboard ? page : undefined;
}
