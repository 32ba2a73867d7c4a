import { isEntityKey, type DesiredEntity, type KumaId } from "../../model/entity.ts";
import type { Blocker } from "../../model/plan.ts";
import { effectiveEntity } from "../effective-entity.ts";
import type { Guard } from "./guard.ts";

/** References by name are checked before the first write: a bad id fails an `add` half-way and leaves an orphan. */
export const checkReferences: Guard = ({ looked, binding: { pairs, index } }) =>
  looked.flatMap((entity) => {
    const pair = pairs.get(entity.key);
    const { references } = pair === undefined ? entity : effectiveEntity(entity, pair.observed);
    return references.flatMap(({ kind, to }): Blocker[] => {
      if (isEntityKey(to) || !("name" in to)) return [];
      const found = index.named(kind, to.name);
      if (found.length === 1) return [];
      const ids = found.map(({ id }) => id);
      return [found.length === 0 ? notFound(entity, kind, to.name) : ambiguous(entity, { kind, name: to.name, ids })];
    });
  });

function notFound(entity: DesiredEntity, kind: string, name: string): Blocker {
  return {
    code: "KS4005",
    message: `${entity.key} refers to a ${kind} named "${name}", and the server has none`,
    keys: [entity.key],
    waysOn: [`make the ${kind} on the server`, `declare it here and refer to it by its key`],
  };
}

function ambiguous(
  entity: DesiredEntity,
  { kind, name, ids }: { readonly kind: string; readonly name: string; readonly ids: readonly KumaId[] },
): Blocker {
  return {
    code: "KS4006",
    message: `${entity.key} refers to a ${kind} named "${name}", and the server has ${ids.length} (ids ${ids.join(", ")})`,
    keys: [entity.key],
    waysOn: [`give all but one another name on the server`, `declare it here and refer to it by its key`],
  };
}
