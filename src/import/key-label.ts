import { idText, type EntityKey, type Reference } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { referencedId, type Label } from "../plan/canonical/references.ts";
import type { Candidate } from "./candidate.ts";

/** How a reference is written: the key of an imported or managed object, otherwise its name on the server or its id. */
export function createLabel({ entities }: Observed, imported: readonly Candidate[]): Label {
  const keys = new Map<string, EntityKey>(imported.map(({ entity, key }) => [idText(entity.kind, entity.id), key]));
  const names = new Map(entities.map(({ kind, id, name }) => [idText(kind, id), name]));
  const counts = new Map<string, number>();
  for (const { kind, name } of entities) counts.set(`${kind} ${name}`, (counts.get(`${kind} ${name}`) ?? 0) + 1);
  return (kind, reference): Reference => {
    const id = referencedId(reference);
    if (id === undefined) return reference;
    const key = keys.get(idText(kind, id));
    if (key !== undefined) return key;
    const name = names.get(idText(kind, id)) ?? "";
    return name !== "" && counts.get(`${kind} ${name}`) === 1 ? { name } : { id };
  };
}
