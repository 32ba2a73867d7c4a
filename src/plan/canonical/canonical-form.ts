/**
 * Entities with their references in canonical form, which is the form that is compared, shown and written. `bind`
 * converts each object once; the types prevent a second conversion.
 */
import type { DesiredEntity, ObservedEntity } from "../../model/entity.ts";
import { replaceReferences, type Label } from "./references.ts";

declare const isCanonical: unique symbol;

/** References by key, name or id, as `Label` decides, and sets sorted. Only this file creates values of this type. */
export type Canonical<Entity> = Entity & { readonly [isCanonical]: true };

/** As the configuration or the server writes it. */
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
