/** What a project remembers after a run. */
import type { Desired, EntityKey, KumaId } from "../model/entity.ts";
import type { Ledger, LedgerEntry } from "../model/ledger.ts";
import type { Label } from "./references.ts";

export interface NextLedgerInput {
  readonly before: Ledger;
  readonly desired: Desired;
  readonly ids: ReadonlyMap<EntityKey, KumaId>;
  readonly label: Label;
  /** Entities that the server holds as declared. */
  readonly applied: ReadonlySet<EntityKey>;
  readonly gone: ReadonlySet<EntityKey>;
}

export function nextLedger({ before, desired, ids, applied, gone }: NextLedgerInput): Ledger {
  const entries = new Map([...before.entries].filter(([key]) => !gone.has(key)));
  for (const [key, entity] of desired.entities) {
    const id = ids.get(key);
    if (id === undefined || !applied.has(key)) continue;
    const { onRemove, isProtected } = entity.lifecycle;
    const variant = typeof entity.spec["type"] === "string" ? `${entity.kind}:${entity.spec["type"]}` : entity.kind;
    const entry: LedgerEntry = { id, variant, onRemove, fields: {}, ...(isProtected ? { isProtected } : {}) };
    entries.set(key, entry);
  }
  return { ...before, entries, intents: before.intents.filter(({ key }) => !applied.has(key)) };
}
