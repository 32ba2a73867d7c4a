/** Finds objects on the server by id, by key if they are managed, and by name if it is unique. */
import {
  idText,
  isEntityKey,
  kindOf,
  type EntityKey,
  type KindName,
  type KumaId,
  type ObservedEntity,
  type Reference,
} from "../../model/entity.ts";
import type { Label } from "./references.ts";
import { isMangled } from "../bind/unstorable.ts";

export interface ReferenceIndex {
  /** All objects that have a key. */
  readonly ids: ReadonlyMap<EntityKey, KumaId>;
  /** From now on, the object with this id has this key. */
  readonly set: (key: EntityKey, id: KumaId) => void;
  readonly keyOf: (kind: KindName, id: KumaId) => EntityKey | undefined;
  /** Undefined for a key without an object, and for a name that no object or several objects have. */
  readonly idOf: (kind: KindName, reference: Reference) => KumaId | undefined;
  /**
   * Objects with this name. If there are none, those whose name the database may have made of it (bind/unstorable.ts).
   */
  readonly named: (kind: KindName, name: string) => readonly ObservedEntity[];
  /** Undefined when the server has no object of this kind with this id. */
  readonly find: (kind: KindName, id: KumaId) => ObservedEntity | undefined;
  /** Puts references into canonical form, by the keys that are known now. */
  readonly label: Label;
  /** The canonical form of a reference to an object without a key: its name, or its id if the name is not unique. */
  readonly unmanagedLabel: (kind: KindName, id: KumaId) => Exclude<Reference, EntityKey>;
}

/** At first no object has a key; `set` adds them. */
export function indexReferences(entities: readonly ObservedEntity[]): ReferenceIndex {
  const ids = new Map<EntityKey, KumaId>();
  const keys = new Map<string, EntityKey>();
  const byId = new Map<string, ObservedEntity>();
  const byName = new Map<string, ObservedEntity[]>();
  const mangled = entities.filter(({ name }) => name.includes("?"));
  for (const entity of entities) {
    byId.set(idText(entity.kind, entity.id), entity);
    const nameText = `${entity.kind}:${entity.name}`;
    const namesakes = byName.get(nameText);
    if (namesakes === undefined) byName.set(nameText, [entity]);
    else namesakes.push(entity);
  }

  const named: ReferenceIndex["named"] = (kind, name) =>
    byName.get(`${kind}:${name}`) ?? mangled.filter((entity) => entity.kind === kind && isMangled(name, entity.name));
  const find: ReferenceIndex["find"] = (kind, id) => byId.get(idText(kind, id));
  const uniqueId = (kind: KindName, name: string): KumaId | undefined => {
    const found = named(kind, name);
    return found.length === 1 ? found[0]?.id : undefined;
  };
  const keyOf: ReferenceIndex["keyOf"] = (kind, id) => keys.get(idText(kind, id));
  const idOf: ReferenceIndex["idOf"] = (kind, reference) => {
    if (isEntityKey(reference)) return ids.get(reference);
    return "id" in reference ? reference.id : uniqueId(kind, reference.name);
  };
  const unmanagedLabel: ReferenceIndex["unmanagedLabel"] = (kind, id) => {
    const name = find(kind, id)?.name;
    return name !== undefined && uniqueId(kind, name) === id ? { name } : { id };
  };
  return {
    ids,
    named,
    unmanagedLabel,
    find,
    keyOf,
    idOf,
    set: (key, id) => {
      ids.set(key, id);
      keys.set(idText(kindOf(key), id), key);
    },
    label: (kind, reference) => {
      if (isEntityKey(reference)) return reference;
      const id = idOf(kind, reference);
      if (id === undefined) return reference;
      return keyOf(kind, id) ?? unmanagedLabel(kind, id);
    },
  };
}
