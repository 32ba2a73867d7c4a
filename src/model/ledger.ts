/**
 * What a project remembers between runs, on the server itself: a JSON value of ours among the general settings. The tool
 * works without it, from the markers; with it, it knows why things differ and what a killed run was about to do. It may be
 * lost (a new database) or older than the truth (the settings page writes back what it loaded), never the reverse.
 *
 * It holds no secret and no hash of one: only fields that are not sensitive have a fingerprint. Of the others it remembers
 * that they hold a secret, so that `snapshot` and `import` withhold what `${env:…}` or `${file:…}` filled, whatever the field.
 */
import type { EntityKey, KumaId, Removal } from "./entity.ts";
import type { JsonPointer } from "./json.ts";

export interface Ledger {
  readonly entries: ReadonlyMap<EntityKey, LedgerEntry>;
  /**
   * The fingerprints of the default values of a variant when its entries were written, by `monitor:http` or `tag`: what an
   * entry leaves out had these.
   */
  readonly defaults: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Objects that a run set out to create and has not reported done. */
  readonly intents: readonly Intent[];
}

export interface LedgerEntry {
  readonly id: KumaId;
  /** Which of the ledger's `defaults` holds for it. */
  readonly variant: string;
  /** What was to happen when its entity is no longer declared, wherever that was said. */
  readonly onRemove: Removal;
  /**
   * Whether the entity said `onRemove` itself, so that it holds after its block is gone, whatever the project says by then.
   * Undefined in an entry of a version that did not store it.
   */
  readonly isOwnRemoval?: boolean;
  /** Sorted; undefined in an entry of a version that did not store it. */
  readonly ignoreChanges?: readonly JsonPointer[];
  /** A write of the object failed half-way, so that the server may hold what nobody asked for. */
  readonly isUnfinished?: true;
  /** The last word where the object has no marker; otherwise the marker counts. */
  readonly isProtected?: true;
  /**
   * By top-level field: the fingerprint of its value as last applied, or "" (`heldSecret`) where that value was a secret,
   * by the field's kind or because it came from the environment or a file. Left out: fields at their default.
   */
  readonly fields: Readonly<Record<string, string>>;
}

/** An object with this name and a greater id than `after` was made by the run that wrote the intent. */
export interface Intent {
  readonly key: EntityKey;
  /** Empty where it comes from a secret: then the name that the configuration has now counts. */
  readonly name: string;
  /** The greatest id of the kind before the run; ids are never used twice. */
  readonly after: KumaId;
}

export type LedgerState =
  | { readonly state: "known"; readonly ledger: Ledger }
  /** Never written, or gone. */
  | { readonly state: "absent" }
  /** Damaged, and written anew by the next apply; or of a newer version of this tool, and left alone. */
  | { readonly state: "unreadable"; readonly reason: string; readonly isNewer?: true };

export const emptyLedger: Ledger = { entries: new Map(), defaults: new Map(), intents: [] };

/**
 * What stands in `LedgerEntry.fields` for a field that held a secret: a flag, never a value and never a hash. Version 0.1.0
 * wrote it only for fields whose variant has a default, and reads it in the same sense for all of them.
 */
export const heldSecret = "";

/**
 * The removal that an entity asked for itself. Where nobody stored who said it, what keeps the history is taken for the
 * entity's own word, and `delete` is not: a plan that is wrong here must not lose a history.
 */
export function ownRemoval({ onRemove, isOwnRemoval = onRemove !== "delete" }: LedgerEntry): Removal | undefined {
  return isOwnRemoval ? onRemove : undefined;
}
