/** The objects that an import may write: those of this project and unmanaged ones, each with its future key. */
import type { Kind, KindRegistry, Variant } from "../kinds/kind.ts";
import { kindIdentity, localKey, type EntityKey, type ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { chooseKeys } from "./choose-keys.ts";

export interface Candidate {
  readonly entity: ObservedEntity;
  readonly key: EntityKey;
  readonly kind: Kind;
  /** Undefined for a type that this version of kuma-sync does not know. */
  readonly variant: Variant | undefined;
  /** Why the object cannot be written; undefined if it can. */
  readonly obstacle: string | undefined;
}

export function findCandidates(observed: Observed, registry: KindRegistry, project: string): readonly Candidate[] {
  const entities = observed.entities.filter(({ owner }) => owner === undefined || owner.project === project);
  const onlyKeys = new Map(
    [...registry.values()].flatMap(({ name, onlyKey }) => (onlyKey === undefined ? [] : [[name, onlyKey] as const])),
  );
  const keys = chooseKeys(entities, { project, onlyKeys });
  const bearers = firstByName(observed.entities);
  return entities.flatMap((entity): Candidate[] => {
    const kind = registry.get(entity.kind);
    const key = keys.get(entity);
    if (kind === undefined || key === undefined) return [];
    const type = entity.spec?.["type"];
    const variant = kind.variant(typeof type === "string" ? type : undefined);
    const isSecond = kindIdentity[entity.kind] === "shared" && bearers.get(nameText(entity)) !== entity;
    return [{ entity, key, kind, variant, obstacle: obstacleTo(entity, { key, isSecond }) }];
  });
}

function obstacleTo(
  { kind, owner, spec, row }: ObservedEntity,
  { key, isSecond }: { readonly key: EntityKey; readonly isSecond: boolean },
): string | undefined {
  if (owner?.isRetired === true) return "paused because its entity was removed; its history is kept";
  if (owner !== undefined && localKey(key) !== owner.key) {
    return `a copy with the marker of another object, ${owner.project}/${owner.key}: take its kuma-sync tag off`;
  }
  if (spec === undefined) {
    const type = typeof row["type"] === "string" ? ` "${row["type"]}"` : "";
    const whose = owner === undefined ? "it is left alone" : "it stays managed, and plan leaves it alone";
    return `this version does not know the type${type}; ${whose}`;
  }
  return isSecond ? `an older ${kind} has this name, and they are known by their names` : undefined;
}

/** The object that a name refers to: the first with that name, as in plan/bind.ts. */
function firstByName(entities: readonly ObservedEntity[]): ReadonlyMap<string, ObservedEntity> {
  return new Map(entities.toReversed().map((entity) => [nameText(entity), entity]));
}

function nameText({ kind, name }: ObservedEntity): string {
  return `${kind} ${name}`;
}
