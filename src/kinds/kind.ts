/** The interface of a kind of entity. A kind is one file that exports one object; `index.ts` lists them. */
import type { DesiredEntity, KindName, KumaId, ObservedEntity, Owner } from "../model/entity.ts";
import type { JsonObject, JsonPointer } from "../model/json.ts";
import type { Freshness, KumaClient, KumaReader, ListName } from "../model/kuma-client.ts";
import type { FieldChange, ParkedPage } from "../model/plan.ts";
import type { Release } from "../model/release.ts";
import type { Fields, IdOf } from "./field.ts";

/** One shape of a kind: a monitor type, a notification provider, or the only shape. */
export interface Variant {
  /** The value of `type`; undefined for a kind without types. */
  readonly type: string | undefined;
  readonly summary: string;
  readonly since?: Release;
  readonly fields: Fields;
  readonly required: readonly string[];
  /**
   * Whether keys that are not in `fields` are passed through unchanged (notification providers without typed fields).
   * They are written beside the fields; in the canonical spec they are together under `settings`.
   */
  readonly isOpen: boolean;
  /** Keys that an open variant does not pass through: other values that the server stores among the settings. */
  readonly ignoredKeys?: readonly string[];
  /** As a user would write it under its key. */
  readonly example: JsonObject;
  /**
   * The server's name for an entity (`DesiredEntity.name`), from what is written. Absent: its `name`, or its key if
   * that is not written.
   */
  nameOf?(written: JsonObject, key: string): string;
  /** The field with that name, if it is not `name`. The canonical spec always has it. */
  readonly nameField?: string;
  /**
   * Fields of Uptime Kuma that kuma-sync intentionally leaves out, by their names there. The value is the reason, as
   * the hint of a finding.
   */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** JSONata expressions in a canonical spec. */
  queries?(spec: JsonObject): readonly { readonly at: JsonPointer; readonly text: string }[];
}

/** A server object whose ids are not converted to references yet. */
export interface Row {
  readonly id: KumaId;
  readonly name: string;
  /** The value of `type`, for kinds that have types. */
  readonly type: string | undefined;
  readonly owner: Owner | undefined;
  readonly row: JsonObject;
}

/** What a write needs besides the entity. */
export interface WriteContext {
  readonly client: KumaClient;
  readonly project: string;
  readonly idOf: IdOf;
  /** The id of the tag whose values are the markers of monitors. */
  readonly markerTagId: number;
}

export interface Kind {
  readonly name: KindName;
  /** The name of its map in the configuration: `monitors`. */
  readonly section: string;
  /** The section has the fields of a single entity with this key, instead of a map of entities. */
  readonly onlyKey?: string;
  /** The list that `rows` waits for, if the server pushes one. */
  readonly list?: ListName;
  /** The first release that has the kind. */
  readonly since?: Release;
  readonly variants: readonly Variant[];
  /**
   * Keys of a server object that clients do not set: its id, and values that the server computes. Absent: not known.
   */
  readonly derivedKeys?: ReadonlySet<string>;
  /** The shape that `type` names; undefined if this version does not know it. */
  variant(type: string | undefined): Variant | undefined;
  /** Reads all objects of the kind. */
  rows(reader: KumaReader, options: { readonly freshness: Freshness }): Promise<readonly Row[]>;
  /**
   * Creates the object and writes its marker. If it throws after the object was created, the next run recognises the
   * object by its marker, by the ledger's intent, or because it has no marker and equals the declared one.
   */
  create(context: WriteContext, entity: DesiredEntity): Promise<KumaId>;
  /** Writes the changes over the full server object, and the marker if `owner` is given. */
  update(context: WriteContext, update: Update): Promise<void>;
  remove(context: Pick<WriteContext, "client">, observed: ObservedEntity): Promise<void>;
  /** Removes only the marker. Only for kinds with a marker. */
  removeMarker?(context: WriteContext, observed: ObservedEntity): Promise<void>;
  /** After a failed update: restores what the server had removed from the object. Only for kinds where that happens. */
  restore?(context: WriteContext, observed: ObservedEntity): Promise<Restored>;
  /** Pauses the object and writes `owner` into its marker. Its history is kept. Only for kinds that can be paused. */
  retire?(context: WriteContext, observed: ObservedEntity, owner: Owner): Promise<void>;
}

/** Notifications of a monitor in words: `"On call" (id 3)`. */
export interface Restored {
  readonly back: readonly string[];
  readonly missing: readonly string[];
}

export interface Update {
  readonly entity: DesiredEntity;
  readonly observed: ObservedEntity;
  /** Changes of fields; empty if only the marker is written. */
  readonly changes: readonly FieldChange[];
  /** The page that must give up its slug first; for kinds whose names are unique on a server. */
  readonly parks?: ParkedPage;
  /** The marker to write first; undefined leaves it unchanged. Kinds without a marker ignore it. */
  readonly owner: Owner | undefined;
}

/** The kinds by name, in the order of `kindNames`. */
export type KindRegistry = ReadonlyMap<KindName, Kind>;
