/** The server's ids of all objects with a key. Grows while creates succeed. */
import type { IdOf } from "../kinds/field.ts";
import type { EntityKey, KumaId } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import type { Binding } from "../plan/bind/bind.ts";

export interface KnownIds {
  set(key: EntityKey, id: KumaId): void;
  readonly all: ReadonlyMap<EntityKey, KumaId>;
  readonly idOf: IdOf;
}

export function createKnownIds({ index }: Pick<Binding, "index">): KnownIds {
  return {
    set: index.set,
    all: index.ids,
    idOf: (kind, reference) => {
      const id = index.idOf(kind, reference);
      if (id === undefined) {
        throw new InternalError(`${kind} ${JSON.stringify(reference)} is referred to before it exists`);
      }
      return id;
    },
  };
}
