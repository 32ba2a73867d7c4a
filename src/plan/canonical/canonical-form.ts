/** Entities with their references in canonical form, sets sorted: what is compared, shown and written. */
import type { DesiredEntity, ObservedEntity } from "../../model/entity.ts";
import { replaceReferences, type Label } from "./references.ts";

export function canonicalDesired(entity: DesiredEntity, label: Label): DesiredEntity {
  const spec = replaceReferences(entity.spec, entity.references, label);
  return spec === entity.spec ? entity : { ...entity, spec };
}

export function canonicalObserved(entity: ObservedEntity, label: Label): ObservedEntity {
  if (entity.spec === undefined || entity.references.length === 0) return entity;
  return { ...entity, spec: replaceReferences(entity.spec, entity.references, label) };
}
