/**
 * What a server held, as a file: redacted, and the same bytes for the same state. A plan can be made against it where
 * there are no credentials, such as in the pull request of a fork. It has no server objects, so nothing can be applied
 * to it.
 */
import type { EntityRef, KindName, KumaId, Owner } from "./entity.ts";
import type { JsonObject, JsonPointer } from "./json.ts";
import type { ServerInfo } from "./kuma-client.ts";
import type { Ledger } from "./ledger.ts";

export const snapshotFormatVersion = "1.0";

export interface Snapshot {
  readonly type: "kuma-sync.snapshot";
  readonly formatVersion: typeof snapshotFormatVersion;
  readonly server: ServerInfo;
  /** By kind and id. */
  readonly entities: readonly SnapshotEntity[];
  readonly ledger: SnapshotLedger;
}

export interface SnapshotEntity {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  readonly owner?: Owner;
  /** Without the fields that hold a secret; null for a type that was not known. */
  readonly spec: JsonObject | null;
  readonly references: readonly EntityRef[];
  /** Top-level fields that were left out because they hold secrets. A plan does not compare them. */
  readonly sensitive: readonly JsonPointer[];
  /** The group that an object of an unknown type is in. */
  readonly parent?: KumaId;
  /** The type, where it was not known. */
  readonly type?: string;
}

export type SnapshotLedger =
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly reason: string }
  | {
      readonly state: "known";
      readonly entries: Readonly<Record<string, LedgerEntryJson>>;
      readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
      readonly intents: Ledger["intents"];
    };
type LedgerEntryJson = Ledger["entries"] extends ReadonlyMap<string, infer Entry> ? Entry : never;
