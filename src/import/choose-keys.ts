/**
 * Chooses the keys of imported objects from their names. A second import of the same server must give the same keys: an
 * object that already has a key keeps it, and of two objects with one name the older one gets the key without a number.
 */
import { entityKey, kindIdentity, type EntityKey, type KindName, type ObservedEntity } from "../model/entity.ts";
import { shownForSecret } from "../secrets/secret.ts";
import { withoutUrlCredentials } from "../secrets/url-credentials.ts";
import { slug } from "../model/slug.ts";

/** Cannot be the key of a tag: `{ name: … }` among the tags of a monitor names a tag by its display name. */
const reserved: Partial<Record<KindName, readonly string[]>> = { tag: ["name"] };

/** `onlyKey` is the key for kinds that have only one entity. */
export function chooseKeys(
  entities: readonly ObservedEntity[],
  { project, onlyKeys }: { readonly project: string; readonly onlyKeys: ReadonlyMap<KindName, string> },
): ReadonlyMap<ObservedEntity, EntityKey> {
  const keys = new Map<ObservedEntity, EntityKey>();
  const taken = new Set<EntityKey>(
    Object.entries(reserved).flatMap(([kind, names]) => names.map((name) => entityKey(kind as KindName, name))),
  );
  const take = (entity: ObservedEntity, key: EntityKey): void => {
    keys.set(entity, key);
    taken.add(key);
  };
  const byAge = entities.toSorted((left, right) => left.id - right.id);
  for (const entity of byAge) {
    const { kind, owner } = entity;
    if (owner?.project !== project || kindIdentity[kind] === "shared") continue;
    const key = entityKey(kind, owner.key);
    // A clone made in the UI carries the marker of its original.
    if (!taken.has(key)) take(entity, key);
  }
  for (const entity of byAge) {
    if (keys.has(entity)) continue;
    const { kind, id, name } = entity;
    const only = onlyKeys.get(kind);
    take(entity, only === undefined ? freeKey(kind, keyText(name) || `${kind}-${id}`, taken) : entityKey(kind, only));
  }
  return keys;
}

/** Removes addresses first: a monitor's name may be its address, which may contain a password. */
function keyText(name: string): string {
  return slug(withoutUrlCredentials(name).replaceAll(shownForSecret, ""));
}

function freeKey(kind: KindName, wanted: string, taken: ReadonlySet<EntityKey>): EntityKey {
  for (let count = 1; ; count += 1) {
    const key = entityKey(kind, count === 1 ? wanted : `${wanted}-${count}`);
    if (!taken.has(key)) return key;
  }
}
