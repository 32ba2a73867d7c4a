/** What the server calls each entity, as far as is known; grows while creates succeed. */
import type { IdOf } from "../kinds/field.ts";
import { isEntityKey, type Desired, type EntityKey, type KindName, type KumaId } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { InternalError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { bind } from "../plan/bind.ts";
import type { Label } from "../plan/references.ts";

export interface KnownIds {
  set(key: EntityKey, id: KumaId): void;
  /** All that are known, by key. */
  readonly all: ReadonlyMap<EntityKey, KumaId>;
  readonly idOf: IdOf;
  /** The normal form of references by what is known now. */
  readonly label: Label;
}

export function createKnownIds({
  plan,
  desired,
  observed,
}: {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly observed: Observed;
}): KnownIds {
  const ids = new Map<EntityKey, KumaId>();
  const keys = new Map<string, EntityKey>();
  const names = new Map<string, KumaId[]>();
  const nameOf = new Map<string, string>();
  const set = (key: EntityKey, id: KumaId): void => {
    ids.set(key, id);
    keys.set(`${key.slice(0, key.indexOf("/"))}#${id}`, key);
  };

  for (const { kind, id, name } of observed.entities) {
    names.set(`${kind}:${name}`, [...(names.get(`${kind}:${name}`) ?? []), id]);
    nameOf.set(`${kind}#${id}`, name);
  }
  for (const [key, pair] of bind(desired, observed, { adopt: false }).pairs) set(key, pair.observed.id);
  for (const step of plan.steps) if (step.action !== "create") set(step.key, step.id);

  const uniqueId = (kind: KindName, name: string): KumaId | undefined => {
    const found = names.get(`${kind}:${name}`) ?? [];
    return found.length === 1 ? found[0] : undefined;
  };
  return {
    set,
    all: ids,
    idOf: (kind, reference) => {
      const id = isEntityKey(reference)
        ? ids.get(reference)
        : "id" in reference
          ? reference.id
          : uniqueId(kind, reference.name);
      if (id === undefined)
        throw new InternalError(`${kind} ${JSON.stringify(reference)} is referred to before it exists`);
      return id;
    },
    label: (kind, reference) => {
      if (isEntityKey(reference)) return reference;
      const id = "id" in reference ? reference.id : uniqueId(kind, reference.name);
      if (id === undefined) return reference;
      const name = nameOf.get(`${kind}#${id}`);
      return keys.get(`${kind}#${id}`) ?? (name !== undefined && uniqueId(kind, name) === id ? { name } : { id });
    },
  };
}
