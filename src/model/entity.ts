/**
 * The two sides that a plan compares. Both have entities in one canonical form: every known field with its default
 * filled in, references as keys instead of server ids, sets sorted.
 */
import type { Json, JsonObject, JsonPointer } from "./json.ts";
import type { SourceSpan } from "./source-span.ts";

/** In the order in which they are created; deleted in reverse. A kind refers only to kinds before it, or to itself. */
export const kindNames = [
  "tag",
  "notification",
  "proxy",
  "docker-host",
  "remote-browser",
  "monitor",
  "status-page",
  "maintenance",
  "settings",
] as const;
export type KindName = (typeof kindNames)[number];

/**
 * How kuma-sync recognises an object on the server as its own. `marker`: a marker on the object itself. `ledger`: the
 * server has no place for a marker, so the project's ledger holds its id. `shared`: matched by name, used by all
 * projects, created and changed but never deleted.
 */
export const kindIdentity = {
  tag: "shared",
  notification: "marker",
  proxy: "ledger",
  "docker-host": "ledger",
  "remote-browser": "ledger",
  monitor: "marker",
  "status-page": "ledger",
  maintenance: "ledger",
  settings: "shared",
} as const satisfies Record<KindName, "marker" | "ledger" | "shared">;

/**
 * Pattern of keys and of the names of projects and targets. They start with a letter or digit, so that they can be
 * typed, used in a marker, and distinguished from paths.
 */
export const keyPattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

/** The stable name of an entity, in full: `monitor/api`. */
export type EntityKey = `${KindName}/${string}`;

/** The server's own number for an entity. */
export type KumaId = number;

/**
 * Stands for an id of the server in a canonical spec: the key of a declared entity or, for an object made by hand, its
 * name, or its id if the name is not unique.
 */
export type Reference = EntityKey | { readonly name: string } | { readonly id: KumaId };

/** A reference and its place in the spec. */
export interface EntityRef {
  readonly at: JsonPointer;
  readonly kind: KindName;
  readonly to: Reference;
}

export const removalNames = ["delete", "pause", "release"] as const;
/**
 * What happens to an object whose entity is no longer declared: `delete` it with its history, `pause` it and keep its
 * marker, or `release` it: remove the marker and leave it running.
 */
export type Removal = (typeof removalNames)[number];

/** The keys of an entity that are not fields: how kuma-sync may change and remove it. */
export interface Lifecycle {
  /** Refuses every delete, even after the entity is no longer declared, because the marker on the server says so. */
  readonly isProtected: boolean;
  /** The removal that applies now, from the entity, `defaults` or `policy`. */
  readonly onRemove: Removal;
  /**
   * True when the entity has `onRemove` itself, in its block or in the target's override; it then still applies after
   * the block is gone. Otherwise `defaults` and `policy` decide, as they are when the entity is removed.
   */
  readonly isOwnRemoval?: true;
  /** Places in the spec that are written when the object is created and never changed afterwards. */
  readonly ignoreChanges: readonly JsonPointer[];
  /** Take over this object, made by hand, at the first apply. */
  readonly adopt?: { readonly id: KumaId } | { readonly name: string };
}

export const usualLifecycle: Lifecycle = { isProtected: false, onRemove: "delete", ignoreChanges: [] };

/** What selectors brought into a list of references. */
export interface SelectedList {
  /** The list, in the spec. */
  readonly at: JsonPointer;
  /** By key: the selector, as it is written. */
  readonly by: ReadonlyMap<EntityKey, Json>;
}

export interface DesiredEntity {
  readonly key: EntityKey;
  readonly kind: KindName;
  /**
   * The server's name for the object besides its id: the display name, or for kinds of identity `ledger` their natural
   * key (a proxy's address, a status page's slug, a maintenance's title).
   */
  readonly name: string;
  readonly spec: JsonObject;
  readonly references: readonly EntityRef[];
  /** Top-level fields that are not written and have their default. */
  readonly defaulted: readonly JsonPointer[];
  /** Places whose values are never shown: sensitive by kind, or filled from `${env:}` or `${file:}`. */
  readonly sensitive: readonly JsonPointer[];
  /** Places with placeholders for values that were not read. They are not compared and must not be written. */
  readonly withheld?: readonly JsonPointer[];
  readonly lifecycle: Lifecycle;
  /** Of the references, those that a selector stands for; only a plan's reader needs them. */
  readonly selected?: readonly SelectedList[];
  /** Where the entity is declared. */
  readonly at?: SourceSpan;
}

/**
 * The same object under a new key: `moved:` in the configuration. Once applied everywhere, the entry can be kept or
 * removed.
 */
export interface Move {
  readonly from: EntityKey;
  readonly to: EntityKey;
  readonly at?: SourceSpan;
}

/** What a project allows at once; `policy:` and `limits:` in the configuration. */
export interface Policy {
  /** For objects without their own `onRemove`. */
  readonly onRemove: Removal;
  /** From `defaults`, by kind; takes precedence over `onRemove`. */
  readonly onRemoveByKind?: Readonly<Partial<Record<KindName, Removal>>>;
  readonly maxDeletes: number;
  /** A percentage; applies from ten managed objects on. */
  readonly maxDeletePercent: number;
  readonly maxUpdatePercent: number;
  /** Limit for all monitors together. Undefined: no limit. */
  readonly completionsPerDay?: number;
}

export const usualPolicy: Policy = { onRemove: "delete", maxDeletes: 5, maxDeletePercent: 20, maxUpdatePercent: 30 };

/** Everything one configuration owns. */
export interface Desired {
  readonly project: string;
  readonly entities: ReadonlyMap<EntityKey, DesiredEntity>;
  readonly moves: readonly Move[];
  readonly policy: Policy;
  /** The loops of the configuration; absent: none. */
  readonly loops?: readonly LoopKeys[];
}

/** A block of the configuration that makes several objects. */
export interface LoopKeys {
  /** As written, with `${each:…}`. */
  readonly key: EntityKey;
  /** A regular expression for all keys that it can make. */
  readonly pattern: string;
  /** Those that it makes now. */
  readonly made: readonly EntityKey[];
}

/** The owner of a server object, from its marker or, for kinds without one, from the ledger. */
export interface Owner {
  readonly project: string;
  /** The part of the entity key after the slash. */
  readonly key: string;
  /** May not be deleted, whatever the configuration says. */
  readonly isProtected?: true;
  /** Paused because its entity was removed; its history is kept until the key comes back. */
  readonly isRetired?: true;
}

export interface ObservedEntity {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  /**
   * Canonical, with every reference as `{ id }`. A field that the server does not send is absent and is not compared.
   * `undefined` when this version does not know the object's type; kuma-sync then does not touch it.
   */
  readonly spec: JsonObject | undefined;
  readonly references: readonly EntityRef[];
  readonly sensitive: readonly JsonPointer[];
  readonly owner: Owner | undefined;
  /** The full object as the server sent it. An update is merged into it, so that unknown fields are kept. */
  readonly row: JsonObject;
}

export function entityKey(kind: KindName, key: string): EntityKey {
  return `${kind}/${key}`;
}

/** `monitor#12`: a unique text for each object on a server. */
export function idText(kind: KindName, id: KumaId): string {
  return `${kind}#${id}`;
}

/**
 * The key in a plan for a duplicate: an object with the marker of `key` besides the kept one. `monitor/api#12`;
 * declared keys contain no `#`.
 */
export function duplicateKey(key: EntityKey, id: KumaId): EntityKey {
  return `${key}#${id}`;
}

/** The key that both objects have in their marker; undefined for a key that is not a duplicate's. */
export function keyOfDuplicate(key: EntityKey): EntityKey | undefined {
  const [original = key] = key.split("#");
  return original === key ? undefined : (original as EntityKey);
}

/** `monitor` for `monitor/api`. */
export function kindOf(key: EntityKey): KindName {
  return key.slice(0, key.indexOf("/")) as KindName;
}

/** The part after the slash: `api` for `monitor/api`. */
export function localKey(key: EntityKey): string {
  return key.slice(key.indexOf("/") + 1);
}

export function isEntityKey(value: unknown): value is EntityKey {
  if (typeof value !== "string") return false;
  const end = value.indexOf("/");
  return end > 0 && Object.hasOwn(kindIdentity, value.slice(0, end));
}
