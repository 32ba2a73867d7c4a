/** The contract of a kind of entity. A kind is one file that exports one object; `index.ts` lists them all. */
import type { DesiredEntity, KindName, KumaId, ObservedEntity, Owner } from "../model/entity.ts";
import type { JsonObject, JsonPointer } from "../model/json.ts";
import type { Freshness, KumaClient, KumaReader, ListName } from "../model/kuma-client.ts";
import type { FieldChange, ParkedPage } from "../model/plan.ts";
import type { Release } from "../model/release.ts";
import type { Fields, IdOf } from "./field.ts";

/** One shape of a kind: a monitor type, a notification provider, or the only shape there is. */
export interface Variant {
  /** The value of `type`; undefined for a kind without types. */
  readonly type: string | undefined;
  readonly summary: string;
  readonly since?: Release;
  readonly fields: Fields;
  readonly required: readonly string[];
  /**
   * Whether keys beyond `fields` are passed through as they are (notification providers without typed fields). They are
   * written beside the fields; the canonical spec holds them together, under `settings`.
   */
  readonly isOpen: boolean;
  /** Keys that an open variant passes through on neither side: what else the server keeps among its settings. */
  readonly ignoredKeys?: readonly string[];
  /** As a user would write it, without its key. */
  readonly example: JsonObject;
  /**
   * What the server knows an entity by (`DesiredEntity.name`), from what is written; absent: its `name`, or its key
   * where none is written.
   */
  nameOf?(written: JsonObject, key: string): string;
  /** The field that holds that name, where it is one other than `name`: it has it, written or not. */
  readonly nameField?: string;
  /**
   * What Uptime Kuma has and kuma-sync leaves out on purpose, by its name there. The value is the reason, as the hint
   * of a finding.
   */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** JSONata expressions in a canonical spec. */
  queries?(spec: JsonObject): readonly { readonly at: JsonPointer; readonly text: string }[];
}

/** A server object before its ids are turned into references. */
export interface Row {
  readonly id: KumaId;
  readonly name: string;
  /** The value of `type`, for kinds that have types. */
  readonly type: string | undefined;
  readonly owner: Owner | undefined;
  readonly row: JsonObject;
}

/** What a write needs in addition to the entity. */
export interface WriteContext {
  readonly client: KumaClient;
  readonly project: string;
  readonly idOf: IdOf;
  /** The id of the tag that carries the markers of monitors. */
  readonly markerTagId: number;
}

export interface Kind {
  readonly name: KindName;
  /** The key of its map in the configuration: `monitors`. */
  readonly section: string;
  /** The section holds the fields of one entity, with this key, in place of a map of entities. */
  readonly onlyKey?: string;
  /** The list that `rows` waits for, where it is one that the server pushes. */
  readonly list?: ListName;
  /** Since when servers have the kind. */
  readonly since?: Release;
  readonly variants: readonly Variant[];
  /** Keys of a server object that clients do not set: its id and what the server computes. Absent: not known. */
  readonly derivedKeys?: ReadonlySet<string>;
  /** The shape named by `type`; undefined when this version does not know it. */
  variant(type: string | undefined): Variant | undefined;
  /** Reads all objects of the kind. */
  rows(reader: KumaReader, options: { readonly freshness: Freshness }): Promise<readonly Row[]>;
  /**
   * Creates the object and writes its marker. When it throws after the object itself exists, the object is recognised
   * on the next run: by its marker, by the ledger's intent, or as an object without a marker that equals what is
   * declared.
   */
  create(context: WriteContext, entity: DesiredEntity): Promise<KumaId>;
  /** Brings the object in line, laid over the full server object, and writes its marker if asked to. */
  update(context: WriteContext, update: Update): Promise<void>;
  remove(context: Pick<WriteContext, "client">, observed: ObservedEntity): Promise<void>;
  /** Removes the marker and nothing else; only for kinds with a marker. */
  removeMarker?(context: WriteContext, observed: ObservedEntity): Promise<void>;
  /**
   * After an update that failed: gives the object back what the server took from it half-way. Only for kinds of which
   * it does so.
   */
  restore?(context: WriteContext, observed: ObservedEntity): Promise<Restored>;
  /** Pauses it and writes `owner` into its marker; its history is kept; only for kinds that can be paused. */
  retire?(context: WriteContext, observed: ObservedEntity, owner: Owner): Promise<void>;
}

/** Notifications of a monitor, in words: `"On call" (id 3)`. */
export interface Restored {
  readonly back: readonly string[];
  readonly missing: readonly string[];
}

export interface Update {
  readonly entity: DesiredEntity;
  readonly observed: ObservedEntity;
  /** Of fields only; empty when only the marker is to be written. */
  readonly changes: readonly FieldChange[];
  /** The page that has to make room before, for kinds whose names are unique on a server. */
  readonly parks?: ParkedPage;
  /** The marker to write before anything else; undefined leaves it as it is. Kinds without a place for it ignore it. */
  readonly owner: Owner | undefined;
}

/** The kinds by name, in the order of `kindNames`. */
export type KindRegistry = ReadonlyMap<KindName, Kind>;
