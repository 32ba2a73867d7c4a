/**
 * What a project stores on the server itself between runs: a JSON value among the general settings. kuma-sync works
 * without it, by markers. With it, it knows why fields differ and what an interrupted run was about to create. It may
 * be lost (a new database) or out of date (the settings page writes back what it loaded), but is never newer than the
 * server's objects.
 *
 * It holds no secret and no hash of one: only fields that are not sensitive have a fingerprint. For the others it
 * records that they hold a secret, so that `snapshot` and `import` withhold values from `${env:…}` or `${file:…}` in
 * any field.
 */
import type { EntityKey, KumaId, Removal } from "./entity.ts";
import type { JsonPointer } from "./json.ts";

export interface Ledger {
  readonly entries: ReadonlyMap<EntityKey, LedgerEntry>;
  /**
   * By `monitor:http` or `tag`: fingerprints of the variant's default values at the time of its entries. Fields that an
   * entry leaves out had these.
   */
  readonly defaults: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Objects that a run was about to create and has not reported as created. */
  readonly intents: readonly Intent[];
}

export interface LedgerEntry {
  readonly id: KumaId;
  /** Which part of the ledger's `defaults` applies to it. */
  readonly variant: string;
  /** What happens when its entity is no longer declared; set by the entity, `defaults` or `policy`. */
  readonly onRemove: Removal;
  /**
   * Whether the entity had its own `onRemove`. If so, it still applies after the block is gone, whatever the project
   * says then. Undefined in entries of a version that did not store it.
   */
  readonly isOwnRemoval?: boolean;
  /** Sorted; undefined in an entry of a version that did not store it. */
  readonly ignoreChanges?: readonly JsonPointer[];
  /** A write of the object failed, so the server may have values that the configuration never had. */
  readonly isUnfinished?: true;
  /** Used for objects without a marker; otherwise the marker decides. */
  readonly isProtected?: true;
  /**
   * By top-level field: the fingerprint of the last applied value, or "" (`heldSecret`) if it was a secret, by the
   * field's kind or from the environment or a file. Fields with their default are left out.
   */
  readonly fields: Readonly<Record<string, string>>;
}

/** An object with this name and an id greater than `after` was created by the run that stored the intent. */
export interface Intent {
  readonly key: EntityKey;
  /** Empty if it comes from a secret; the name in the current configuration is then used. */
  readonly name: string;
  /** The greatest id of the kind before the run. Ids are never reused. */
  readonly after: KumaId;
}

export type LedgerState =
  | { readonly state: "known"; readonly ledger: Ledger }
  /** Never stored, or lost. */
  | { readonly state: "absent" }
  /** Damaged, and written again by the next apply; or written by a newer version, and left alone. */
  | { readonly state: "unreadable"; readonly reason: string; readonly isNewer?: true };

export const emptyLedger: Ledger = { entries: new Map(), defaults: new Map(), intents: [] };

/**
 * The value in `LedgerEntry.fields` for a field that held a secret: a flag, never a value or a hash. Version 0.1.0
 * wrote it only for fields whose variant has a default, with the same meaning.
 */
export const heldSecret = "";

/**
 * The removal that the entity itself asked for. Old ledgers do not store that; in them `pause` and `release` count as
 * the entity's own and `delete` does not, so that a wrong guess never deletes a history.
 */
export function ownRemoval({ onRemove, isOwnRemoval = onRemove !== "delete" }: LedgerEntry): Removal | undefined {
  return isOwnRemoval ? onRemove : undefined;
}
