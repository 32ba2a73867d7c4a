/**
 * Both sides with references as they were called when the ledger was written. Its fingerprints are of specs with the keys of
 * that time: an object that has moved to another key since, or was adopted or released, has not changed what refers to it.
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

/** As `pair` has them where there is no ledger: then nothing is compared with it. */
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
