import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan.ts";

/**
 * Whether the lists may be older than the ledger: the server pushes them at login, and the ledger is read after that. A run
 * that ended in between has written down objects that the lists do not have; this plan would create them again.
 */
export function isBehind({ steps }: Plan, { ledger }: Observed): boolean {
  if (ledger.state !== "known") return false;
  return steps.some(({ action, key }) => action === "create" && ledger.ledger.entries.has(key));
}
