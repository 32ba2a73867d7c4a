/**
 * After a lost acknowledgement it is unknown whether the write was carried out, and repeating `add` creates a second
 * object (docs/upstream/uptime-kuma.md#lost-acks). So kuma-sync reads the server before it retries. It retries once at
 * most, and never retries a create, because a slow server may still carry out the first one.
 */
import type { Kind, WriteContext } from "../kinds/kind.ts";
import { markerText, ownerOf } from "../kinds/marker.ts";
import { compareSpecs } from "../plan/compare/compare-specs.ts";
import type { Canonical } from "../plan/canonical/canonical-form.ts";
import { effectiveEntity } from "../plan/canonical/effective-entity.ts";
import {
  kindIdentity,
  localKey,
  type DesiredEntity,
  type KumaId,
  type ObservedEntity,
  type Owner,
} from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { FieldChange } from "../model/plan.ts";

export interface Recovery {
  readonly kind: Kind;
  readonly context: WriteContext;
  /** The current objects of the kind. */
  readonly reread: () => Promise<readonly Canonical<ObservedEntity>[]>;
}

/**
 * Finds the object that a create left behind and finishes it. If it cannot be found, the next run looks for it by the
 * ledger's intent. Throws `lost` then.
 */
export async function settleCreate(
  { kind, context, reread }: Recovery,
  entity: DesiredEntity,
  { isNew, lost }: { readonly isNew: (found: ObservedEntity) => boolean; readonly lost: KumaError },
): Promise<KumaId> {
  const objects = await reread();
  const marked = objects.find(({ owner }) => owner?.project === context.project && owner.key === localKey(entity.key));
  const left =
    marked ?? objects.find((found) => isNew(found) && found.owner === undefined && found.name === entity.name);
  if (left === undefined) throw lost;
  const changes = differences(entity, left);
  const owner = left.owner === undefined ? markerFor(entity, left, context) : undefined;
  if (changes.length > 0 || owner !== undefined) await kind.update(context, { entity, observed: left, changes, owner });
  return left.id;
}

/** Updates again, starting from the server's current values, unless all changes arrived. */
export async function settleUpdate(
  { kind, context, reread }: Recovery,
  desired: Canonical<DesiredEntity>,
  id: KumaId,
): Promise<KumaId> {
  const now = (await reread()).find((object) => object.id === id);
  if (now === undefined) throw goneError(desired.key);
  const entity = effectiveEntity(desired, now);
  const changes = differences(entity, now);
  const owner = markerFor(entity, now, context);
  if (changes.length > 0 || owner !== undefined) await kind.update(context, { entity, observed: now, changes, owner });
  return id;
}

/** The marker to write; undefined for an object that has it already, and for kinds without one. */
export function markerFor(
  entity: DesiredEntity,
  { owner }: ObservedEntity,
  { project }: Pick<WriteContext, "project">,
): Owner | undefined {
  if (kindIdentity[entity.kind] !== "marker") return undefined;
  const wanted = ownerOf(project, entity);
  return owner !== undefined && markerText(owner) === markerText(wanted) ? undefined : wanted;
}

/** Deletes again, unless the object no longer exists. */
export async function settleDelete({ kind, context, reread }: Recovery, id: KumaId): Promise<KumaId> {
  const left = (await reread()).find((object) => object.id === id);
  if (left !== undefined) await kind.remove(context, left);
  return id;
}

/** Somebody deleted the object between the plan and the write. */
export function goneError(key: string, cause?: unknown): KumaError {
  return new KumaError("rejected", `${key} is no longer on the server`, {
    hint: "somebody deleted it after the plan was made; run apply again to create it anew",
    ...(cause === undefined ? {} : { cause }),
  });
}

function differences(entity: DesiredEntity, observed: ObservedEntity): FieldChange[] {
  return compareSpecs({ before: observed.spec ?? {}, after: entity.spec, sensitive: entity.sensitive });
}
