/**
 * Entities with their references in canonical form: what is compared, shown and written. `bind` brings each object into
 * this form once; the types keep one from being brought into it again.
 */
import type { DesiredEntity, ObservedEntity } from "../../model/entity.ts";
import { replaceReferences, type Label } from "./references.ts";

declare const isCanonical: unique symbol;

/** References by key, by name or by id, as `Label` says, and sets sorted. Only this file makes one. */
export type Canonical<Entity> = Entity & { readonly [isCanonical]: true };

/** As the configuration or the server has it. */
type Raw<Entity> = Entity & { readonly [isCanonical]?: never };

export function canonicalDesired(entity: Raw<DesiredEntity>, label: Label): Canonical<DesiredEntity> {
  const spec = replaceReferences(entity.spec, entity.references, label);
  return (spec === entity.spec ? entity : { ...entity, spec }) as Canonical<DesiredEntity>;
}

export function canonicalObserved(entity: Raw<ObservedEntity>, label: Label): Canonical<ObservedEntity> {
  const { spec, references } = entity;
  const isAsItIs = spec === undefined || references.length === 0;
  return (
    isAsItIs ? entity : { ...entity, spec: replaceReferences(spec, references, label) }
  ) as Canonical<ObservedEntity>;
}
