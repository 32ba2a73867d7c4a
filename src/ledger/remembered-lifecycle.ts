import type { DesiredEntity } from "../model/entity.ts";
import type { JsonPointer } from "../model/json.ts";
import type { LedgerEntry } from "../model/ledger.ts";

export interface RememberedLifecycle extends Pick<LedgerEntry, "onRemove"> {
  readonly isOwnRemoval: boolean;
  /** Sorted, without duplicates. */
  readonly ignoreChanges: readonly JsonPointer[];
}

/** What the ledger stores of an entity's lifecycle; `protect` is in the marker. */
export function rememberedLifecycle({ lifecycle }: Pick<DesiredEntity, "lifecycle">): RememberedLifecycle {
  const { onRemove, isOwnRemoval, ignoreChanges } = lifecycle;
  return { onRemove, isOwnRemoval: isOwnRemoval === true, ignoreChanges: [...new Set(ignoreChanges)].toSorted() };
}
