/**
 * `onRemove` and `ignoreChanges` as changes: the entity of today compared with the ledger. Uptime Kuma has no place for
 * them, so only the ledger stores them and such a change writes only the ledger.
 */
import { kindIdentity, type DesiredEntity, type KindName, type Policy, type Removal } from "../../model/entity.ts";
import { rememberedLifecycle } from "../../ledger/remembered-lifecycle.ts";
import { isEqualJson, type Json, type JsonPointer } from "../../model/json.ts";
import type { LedgerEntry } from "../../model/ledger.ts";
import { ignoreChangesPath, onRemovePath, removalSourcePath, type FieldChange } from "../../model/plan.ts";

/**
 * The removal of objects without an `onRemove` of their own: `defaults` of the kind, then `policy`. Only monitors can
 * be paused; `pause` deletes objects of other kinds.
 */
export function projectRemoval({ onRemove, onRemoveByKind }: Policy, kind: KindName): Removal {
  const said = onRemoveByKind?.[kind] ?? onRemove;
  return said === "pause" && kind !== "monitor" ? "delete" : said;
}

/** Of a new object: its own keys and, as a default, the project's removal if that is not `delete`. */
export function describeLifecycle({ kind, lifecycle }: DesiredEntity): readonly FieldChange[] {
  const { onRemove, isOwnRemoval, ignoreChanges } = rememberedLifecycle({ lifecycle });
  const changes: FieldChange[] = [];
  if (kindIdentity[kind] !== "shared" && (isOwnRemoval || onRemove !== "delete")) {
    const change = { path: onRemovePath, sensitive: false, after: onRemove } as const;
    changes.push(isOwnRemoval ? change : { ...change, isDefault: true });
  }
  if (ignoreChanges.length > 0) changes.push({ path: ignoreChangesPath, sensitive: false, after: ignoreChanges });
  return changes;
}

/**
 * Of an existing object. Without an entry in the ledger, the project decides about its removal and the ignored places
 * are unknown. That is not a change, because nothing depends on it later.
 */
export function lifecycleChanges(
  { kind, lifecycle }: DesiredEntity,
  entry: LedgerEntry | undefined,
  policy: Policy,
): readonly FieldChange[] {
  const after = rememberedLifecycle({ lifecycle }).ignoreChanges;
  return [
    ...(kindIdentity[kind] === "shared" ? [] : removalChanges(lifecycle, entry, projectRemoval(policy, kind))),
    ...changed(ignoreChangesPath, entry?.ignoreChanges ?? after, after),
  ];
}

function removalChanges(
  { onRemove, isOwnRemoval }: DesiredEntity["lifecycle"],
  entry: LedgerEntry | undefined,
  ofProject: Removal,
): readonly FieldChange[] {
  const changes = changed(onRemovePath, entry?.onRemove ?? ofProject, onRemove);
  if (changes.length > 0) return changes;
  // The same word from another place (the object, or the project) stays in force for a different time.
  const isOwn = isOwnRemoval === true;
  const wasOwn = entry === undefined ? false : (entry.isOwnRemoval ?? isOwn);
  return changed(removalSourcePath, sourceOf(wasOwn), sourceOf(isOwn));
}

function sourceOf(isOwn: boolean): string {
  return isOwn ? "object" : "project";
}

function changed(path: JsonPointer, before: Json, after: Json): readonly FieldChange[] {
  return isEqualJson(before, after) ? [] : [{ path, sensitive: false, before, after }];
}
