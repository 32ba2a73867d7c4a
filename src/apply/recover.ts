/**
 * A lost ack is neither a failure nor a success: the write may have been carried out, and `add` is not idempotent
 * (uptime-kuma-api.md §8.3). So the server is read again before anything is tried a second time, and a second try is the
 * last.
 */
import type { Kind, Update, WriteContext } from "../kinds/kind.ts";
import { markerText, ownerOf } from "../kinds/marker.ts";
import { compareSpecs } from "../plan/compare.ts";
import { localKey, type DesiredEntity, type KumaId, type ObservedEntity } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { FieldChange } from "../model/plan.ts";

export interface Recovery {
  readonly kind: Kind;
  readonly context: WriteContext;
  /** Objects of the kind as they are now, with references in normal form. */
  readonly reread: () => Promise<readonly ObservedEntity[]>;
}

/** Runs `write`; when it is not known whether it happened, runs `settle` once. */
export async function withRecovery<Result>(
  write: () => Promise<Result>,
  settle: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    // Without a connection nothing can be read; the next run sees what happened.
    if (error instanceof KumaError && error.code === "stalled") return settle();
    throw error;
  }
}

/** Finds what a create left behind and finishes it, or creates once more. */
export async function settleCreate(
  { kind, context, reread }: Recovery,
  entity: DesiredEntity,
  isNew: (found: ObservedEntity) => boolean,
): Promise<KumaId> {
  const objects = await reread();
  const marked = objects.find(({ owner }) => owner?.project === context.project && owner.key === localKey(entity.key));
  const left =
    marked ?? objects.find((found) => isNew(found) && found.owner === undefined && found.name === entity.name);
  if (left === undefined) return kind.create(context, entity);
  const changes = differences(entity, left);
  const owner = left.owner === undefined ? ownerOf(context.project, entity) : undefined;
  if (changes.length > 0 || owner !== undefined) await kind.update(context, { entity, observed: left, changes, owner });
  return left.id;
}

/** Updates again, from what the server holds now, unless everything arrived. */
export async function settleUpdate(
  { kind, context, reread }: Recovery,
  entity: DesiredEntity,
  { id, owner }: Pick<Update, "owner"> & { readonly id: KumaId },
): Promise<KumaId> {
  const now = (await reread()).find((object) => object.id === id);
  if (now === undefined) throw goneError(entity.key);
  const changes = differences(entity, now);
  const isMarked = owner === undefined || (now.owner !== undefined && markerText(now.owner) === markerText(owner));
  if (changes.length > 0 || !isMarked) {
    await kind.update(context, { entity, observed: now, changes, owner: isMarked ? undefined : owner });
  }
  return id;
}

/** Deletes again, unless it is gone. */
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
