/** The contract of a kind of entity. A kind is one file that exports one object; `index.ts` lists them all. */
import type { DesiredEntity, KindName, KumaId, ObservedEntity, Owner } from "../model/entity.ts";
import type { JsonObject, JsonPointer } from "../model/json.ts";
import type { KumaClient, KumaReader, Release } from "../model/kuma-client.ts";
import type { FieldChange } from "../model/plan.ts";
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

/** What a write needs besides the entity. */
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
  readonly variants: readonly Variant[];
  /** The shape named by `type`; undefined when this version does not know it. */
  variant(type: string | undefined): Variant | undefined;
  /** Reads all objects of the kind; `fresh` asks the server again where it can be asked. */
  rows(reader: KumaReader, options: { readonly fresh: boolean }): Promise<readonly Row[]>;
  /**
   * Creates and marks. When it throws after the object itself exists, the object is recognised on the next run: by its
   * marker, or as an unmarked twin that equals what is declared.
   */
  create(context: WriteContext, entity: DesiredEntity): Promise<KumaId>;
  /** Brings the object in line, laid over the full server object. `isAdoption` also marks it. */
  update(context: WriteContext, update: Update): Promise<void>;
  remove(context: Pick<WriteContext, "client">, id: KumaId): Promise<void>;
}

export interface Update {
  readonly entity: DesiredEntity;
  readonly observed: ObservedEntity;
  readonly changes: readonly FieldChange[];
  readonly isAdoption: boolean;
}

/** The kinds by name, in the order of `kindNames`. */
export type KindRegistry = ReadonlyMap<KindName, Kind>;
