/**
 * References as they were called when the ledger was written. Its fingerprints are of specs with the keys of that time: an
 * object that has moved to another key since, or was adopted or released, has not changed what refers to it.
 */
import { kindOf, type EntityKey } from "../../model/entity.ts";
import type { LedgerState } from "../../model/ledger.ts";
import type { ReferenceIndex } from "../canonical/reference-index.ts";
import type { Label } from "../canonical/references.ts";

/** Undefined without a ledger: then nothing is compared with it. */
export function rememberedLabel(ledger: LedgerState, index: ReferenceIndex): Label | undefined {
  if (ledger.state !== "known") return undefined;
  const keys = new Map<string, EntityKey>();
  for (const [key, { id }] of ledger.ledger.entries) keys.set(`${kindOf(key)}#${id}`, key);
  return (kind, reference) => {
    const id = index.idOf(kind, reference);
    if (id === undefined) return reference;
    return keys.get(`${kind}#${id}`) ?? index.unmanagedLabel(kind, id);
  };
}
