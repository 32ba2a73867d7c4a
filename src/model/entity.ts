/**
 * The two sides that a plan compares. Both hold entities in one canonical form: every modelled field present with its
 * default filled in, references as keys in place of server ids, sets sorted.
 */
import type { JsonObject, JsonPointer } from "./json.ts";
import type { ServerInfo } from "./kuma-client.ts";
import type { SourceSpan } from "./source-span.ts";

/** In the order in which they are created; deleted in reverse. A kind refers only to kinds before it, or to itself. */
export const kindNames = ["tag", "notification", "monitor"] as const;
export type KindName = (typeof kindNames)[number];

/**
 * How an object on the server is known to be ours: by a marker on it, or by its name alone, where the server has no place
 * for a marker. What is bound by name is created and changed, never deleted.
 */
export const kindIdentity = {
  tag: "name",
  notification: "marker",
  monitor: "marker",
} as const satisfies Record<KindName, "marker" | "name">;

/** The stable name of an entity, in full: `monitor/api`. */
export type EntityKey = `${KindName}/${string}`;

/** The server's own number for an entity. */
export type KumaId = number;

/**
 * What a canonical spec holds where the server holds an id: the key of an entity of this configuration, or, for
 * something made by hand on the server, its name or (when its name is not unique) its id.
 */
export type Reference = EntityKey | { readonly name: string } | { readonly id: KumaId };

/** A reference and its place in the spec. */
export interface EntityRef {
  readonly at: JsonPointer;
  readonly kind: KindName;
  readonly to: Reference;
}

export interface DesiredEntity {
  readonly key: EntityKey;
  readonly kind: KindName;
  readonly name: string;
  readonly spec: JsonObject;
  readonly references: readonly EntityRef[];
  /** Top-level fields that nobody wrote: they hold the documented default. */
  readonly defaulted: readonly JsonPointer[];
  /** Places whose values are never shown: sensitive by kind, or fed from `${env:}` or `${file:}`. */
  readonly sensitive: readonly JsonPointer[];
  /** Where the entity is declared. */
  readonly at?: SourceSpan;
}

/** Everything one configuration owns. */
export interface Desired {
  readonly project: string;
  readonly entities: ReadonlyMap<EntityKey, DesiredEntity>;
}

/** What the marker on a server object says. */
export interface Owner {
  readonly project: string;
  /** The part of the entity key after the slash. */
  readonly key: string;
}

export interface ObservedEntity {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  /**
   * Canonical, with every reference as `{ id }`. A field that the server does not tell is absent, and is not compared.
   * `undefined` when the object is of a type this version does not know; it is left alone.
   */
  readonly spec: JsonObject | undefined;
  readonly references: readonly EntityRef[];
  readonly sensitive: readonly JsonPointer[];
  readonly owner: Owner | undefined;
  /** The full object as the server sent it: what an update is laid over, so that unmodelled fields survive. */
  readonly row: JsonObject;
}

export interface Observed {
  readonly server: ServerInfo;
  readonly entities: readonly ObservedEntity[];
}

export function entityKey(kind: KindName, key: string): EntityKey {
  return `${kind}/${key}`;
}

/** The part after the slash: `api` for `monitor/api`. */
export function localKey(key: EntityKey): string {
  return key.slice(key.indexOf("/") + 1);
}

export function isEntityKey(value: unknown): value is EntityKey {
  return typeof value === "string" && kindNames.some((kind) => value.startsWith(`${kind}/`));
}
