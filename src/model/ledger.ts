/**
 * What a project remembers between runs, on the server itself: a JSON value of ours among the general settings. The
 * tool works without it, from the markers; with it, it knows why things differ and what a killed run was about to do.
 * It may be lost (a new database) or out of date (the settings page writes back what it loaded), but never ahead of the
 * server.
 *
 * It holds no secret and no hash of one: only fields that are not sensitive have a fingerprint. Of the others it
 * remembers that they hold a secret, so that `snapshot` and `import` withhold what `${env:…}` or `${file:…}` filled,
 * whatever the field.
 */
import type { EntityKey, KumaId, Removal } from "./entity.ts";
import type { JsonPointer } from "./json.ts";

export interface Ledger {
  readonly entries: ReadonlyMap<EntityKey, LedgerEntry>;
  /**
   * The fingerprints of the default values of a variant when its entries were written, by `monitor:http` or `tag`: what
   * an entry leaves out had these.
   */
  readonly defaults: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Objects that a run set out to create and has not reported done. */
  readonly intents: readonly Intent[];
}

export interface LedgerEntry {
  readonly id: KumaId;
  /** The entry of the ledger's `defaults` that applies to it. */
  readonly variant: string;
  /** What happens when its entity is no longer declared, whether the entity, `defaults` or `policy` decided it. */
  readonly onRemove: Removal;
  /**
   * Whether the entity had `onRemove` itself. If so, it still applies after the block is gone, whatever the project
   * then says. Undefined in an entry of a version that did not store it.
   */
  readonly isOwnRemoval?: boolean;
  /** Sorted; undefined in an entry of a version that did not store it. */
  readonly ignoreChanges?: readonly JsonPointer[];
  /** A write of the object failed half-way, so the server may hold values that the configuration never had. */
  readonly isUnfinished?: true;
  /** Decides where the object has no marker; otherwise the marker does. */
  readonly isProtected?: true;
  /**
   * By top-level field: the fingerprint of its value as last applied, or "" (`heldSecret`) where that value was a
   * secret, by the field's kind or because it came from the environment or a file. Left out: fields at their default.
   */
  readonly fields: Readonly<Record<string, string>>;
}

/** An object with this name and a greater id than `after` was made by the run that wrote the intent. */
export interface Intent {
  readonly key: EntityKey;
  /** Empty where it comes from a secret; the name in the current configuration is used instead. */
  readonly name: string;
  /** The greatest id of the kind before the run; ids are never used twice. */
  readonly after: KumaId;
}

export type LedgerState =
  | { readonly state: "known"; readonly ledger: Ledger }
  /** Never written, or gone. */
  | { readonly state: "absent" }
  /** Damaged: the next apply writes it anew. Or written by a newer version of this tool: not touched. */
  | { readonly state: "unreadable"; readonly reason: string; readonly isNewer?: true };

export const emptyLedger: Ledger = { entries: new Map(), defaults: new Map(), intents: [] };

/**
 * What stands in `LedgerEntry.fields` for a field that held a secret: a flag, never a value and never a hash. Version
 * 0.1.0 wrote it only for fields whose variant has a default, and reads it in the same sense for all of them.
 */
export const heldSecret = "";

/**
 * The removal that an entity asked for itself. Old ledgers do not record whether it was the entity; then `pause` and
 * `release` count as the entity's own and `delete` does not, so that a wrong guess never deletes a history.
 */
export function ownRemoval({ onRemove, isOwnRemoval = onRemove !== "delete" }: LedgerEntry): Removal | undefined {
  return isOwnRemoval ? onRemove : undefined;
}
