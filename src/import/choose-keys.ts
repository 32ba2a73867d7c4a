/**
 * The keys of imported objects. They are made from names and must come out the same when the server is imported again,
 * so of two objects of one name the older keeps the plain key, and an object that has a key already keeps it.
 */
import { entityKey, kindIdentity, type EntityKey, type KindName, type ObservedEntity } from "../model/entity.ts";
import { shownForSecret } from "../secrets/secret.ts";
import { withoutUrlCredentials } from "../secrets/url-credentials.ts";
import { slug } from "../model/slug.ts";

/** `{ name: … }` among the tags of a monitor is a tag by its display name. */
const reserved: Partial<Record<KindName, readonly string[]>> = { tag: ["name"] };

/** `onlyKey`: the key of kinds that have one entity only. */
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

/** A monitor's name may be its address, with a password in it. */
function keyText(name: string): string {
  return slug(withoutUrlCredentials(name).replaceAll(shownForSecret, ""));
}

function freeKey(kind: KindName, wanted: string, taken: ReadonlySet<EntityKey>): EntityKey {
  for (let count = 1; ; count += 1) {
    const key = entityKey(kind, count === 1 ? wanted : `${wanted}-${count}`);
    if (!taken.has(key)) return key;
  }
}
