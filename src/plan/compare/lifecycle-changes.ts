/**
 * `onRemove` and `ignoreChanges` as changes: what an entity says now beside what the ledger remembers. The server has no
 * place for them on the object, so the ledger stores them, and a change is one of the ledger alone.
 */
import { kindIdentity, type DesiredEntity, type KindName, type Policy, type Removal } from "../../model/entity.ts";
import { rememberedLifecycle } from "../../ledger/remembered-lifecycle.ts";
import { isEqualJson, type Json, type JsonPointer } from "../../model/json.ts";
import type { LedgerEntry } from "../../model/ledger.ts";
import { ignoreChangesPath, onRemovePath, removalSourcePath, type FieldChange } from "../../model/plan.ts";

/**
 * What the project says today of an object that did not say it itself: `defaults` of its kind, then `policy`. Only
 * monitors can be paused; `pause` means a delete for the others.
 */
export function projectRemoval({ onRemove, onRemoveByKind }: Policy, kind: KindName): Removal {
  const said = onRemoveByKind?.[kind] ?? onRemove;
  return said === "pause" && kind !== "monitor" ? "delete" : said;
}

/** Of a new object: what it says itself, and as a default what the project says, where that is not the usual. */
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
 * Of an object that is there. Without an entry the project decides about its removal, and which changes were ignored is
 * not known: that is no change, because nothing depends on it later.
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
  // The same word from another place holds for another time.
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
