/**
 * Both sides with the keys that references had when the ledger was written. Its fingerprints are of specs with those
 * keys: if an object was moved, adopted or released since, the objects that refer to it have not changed.
 */
import {
  idText,
  kindOf,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type ObservedEntity,
} from "../../model/entity.ts";
import type { LedgerState } from "../../model/ledger.ts";
import type { Pair } from "../bind/bind.ts";
import { canonicalDesired, canonicalObserved } from "../canonical/canonical-form.ts";
import { effectiveEntity } from "../canonical/effective-entity.ts";
import type { ReferenceIndex } from "../canonical/reference-index.ts";
import type { Label } from "../canonical/references.ts";

export interface ComparedEntities {
  readonly wanted: DesiredEntity;
  readonly observed: ObservedEntity;
}

/** Without a ledger, the sides as in `pair`; nothing is then compared with them. */
export type RememberedForm = (pair: Pair) => ComparedEntities;

export function rememberedForm(
  ledger: LedgerState,
  { entities }: Pick<Desired, "entities">,
  index: ReferenceIndex,
): RememberedForm {
  if (ledger.state !== "known") return (pair) => pair;
  const keys = new Map<string, EntityKey>();
  for (const [key, { id }] of ledger.ledger.entries) keys.set(idText(kindOf(key), id), key);
  const label: Label = (kind, reference) => {
    const id = index.idOf(kind, reference);
    if (id === undefined) return reference;
    return keys.get(idText(kind, id)) ?? index.unmanagedLabel(kind, id);
  };
  return (pair) => {
    const declared = entities.get(pair.desired.key);
    const object = index.find(pair.observed.kind, pair.observed.id);
    if (declared === undefined || object === undefined) return pair;
    const observed = canonicalObserved(object, label);
    return { wanted: effectiveEntity(canonicalDesired(declared, label), observed), observed };
  };
}
