/** Drafts the step for one entity, or for one object that is no longer declared. */
import {
  kindIdentity,
  type DesiredEntity,
  type EntityKey,
  type ObservedEntity,
  type Policy,
  type Removal,
} from "../../model/entity.ts";
import { isWithin, pointerParts, pointerTo, type JsonObject, type JsonPointer } from "../../model/json.ts";
import { heldSecret, type Ledger, type LedgerEntry, type LedgerState } from "../../model/ledger.ts";
import { protectPath, retiredPath, type FieldChange, type Step } from "../../model/plan.ts";
import type { Pair } from "../bind/bind.ts";
import { causeOf } from "./causes.ts";
import { compareSpecs, describeNew } from "./compare-specs.ts";
import { rememberedSecrets } from "../../ledger/fingerprint.ts";
import { withSelected } from "./selected-changes.ts";
import { describeLifecycle, lifecycleChanges } from "./lifecycle-changes.ts";
import type { Canonical } from "../canonical/canonical-form.ts";
import type { Draft } from "../order/order-steps.ts";
import { referencedId } from "../canonical/references.ts";
import type { RememberedForm, ComparedEntities } from "./remembered-form.ts";
import { isMangled } from "../bind/unstorable.ts";

export function draftCreate(entity: Canonical<DesiredEntity>): Draft {
  const isProtected = entity.lifecycle.isProtected && kindIdentity[entity.kind] !== "shared";
  const changes = [...withSelected(describeNew(entity.spec, entity), entity)];
  if (isProtected) changes.push({ path: protectPath, sensitive: false, after: true });
  changes.push(...describeLifecycle(entity));
  return { step: { ...stepBase(entity), action: "create", changes }, wants: entity.references, holds: [] };
}

/** What was last applied, and the project's policy of today. */
interface Memory {
  readonly ledger: LedgerState;
  readonly policy: Policy;
  readonly rememberedForm: RememberedForm;
}

/** Undefined when the object equals the entity and is managed already. */
export function draftChange(pair: Pair, { ledger, policy, rememberedForm }: Memory): Draft | undefined {
  const { desired, wanted, observed, was } = pair;
  const entry = entryOf(pair, ledger);
  const fields = compareSpecs({
    before: observed.spec ?? ofUnknownType(observed),
    after: wanted.spec,
    sensitive: [...desired.sensitive, ...observed.sensitive, ...onceSecret(observed, entry)],
    defaulted: wanted.defaulted,
  });
  const changes = [
    ...(fields.length === 0 ? [] : withSelected(withCauses(fields, rememberedForm(pair), entry), desired)),
    ...markerChanges(desired, observed),
    ...lifecycleChanges(desired, entry?.entry, policy),
  ];
  const base = { ...stepBase(desired), id: observed.id, changes };
  const rest = { wants: wanted.references, holds: heldIds(observed) };
  switch (was.type) {
    case "ours":
      return changes.length === 0 ? undefined : { step: { ...base, action: "update" }, ...rest };
    case "unmanaged":
      return { step: { ...base, action: "adopt" }, ...rest };
    case "moved":
      return { step: { ...base, action: "move", from: was.from }, ...rest };
    case "foreign":
      return { step: { ...base, action: "take-over", from: was.from }, ...rest };
    default:
      return was satisfies never;
  }
}

/** The name and type of an object whose type this version does not know. */
function ofUnknownType({ name, row }: ObservedEntity): JsonObject {
  const { type } = row;
  return { name, ...(typeof type === "string" ? { type } : {}) };
}

interface Remembered {
  readonly entry: LedgerEntry;
  readonly ledger: Ledger;
}

/** An entry with another id belongs to an object that no longer exists. */
function entryOf({ desired, observed, was }: Pair, state: LedgerState): Remembered | undefined {
  if (state.state !== "known") return undefined;
  const { ledger } = state;
  const entry = ledger.entries.get(was.type === "moved" ? was.from : desired.key);
  return entry === undefined || entry.id !== observed.id ? undefined : { entry, ledger };
}

/**
 * Fields that held a secret when they were last applied; the ledger has no fingerprint of them (model/ledger.ts). The
 * server still has that secret, even if the file no longer names it. A ledger that had no room for fingerprints has no
 * defaults either, and then only `heldSecret` counts. Version 0.1.0 wrote such ledgers without `heldSecret`, so there
 * any field may have held a secret.
 */
function onceSecret({ spec = {} }: ObservedEntity, remembered: Remembered | undefined): readonly JsonPointer[] {
  if (remembered === undefined) return [];
  const { entry, ledger } = remembered;
  const defaults = ledger.defaults.get(entry.variant);
  if (defaults === undefined && Object.keys(entry.fields).length > 0) return rememberedSecrets(entry);
  return Object.entries(spec)
    .filter(([name, value]) => (entry.fields[name] ?? defaults?.[name] ?? heldSecret) === heldSecret && value !== null)
    .map(([name]) => pointerTo(name));
}

function withCauses(
  changes: readonly FieldChange[],
  sides: ComparedEntities,
  remembered: Remembered | undefined,
): readonly FieldChange[] {
  return changes.map((change) => {
    const known = remembered === undefined ? undefined : causeOf(change, { ...sides, ...remembered });
    const cause = isUnstorable(change, sides) ? "unstorable" : known;
    return cause === undefined ? change : { ...change, cause };
  });
}

/** Compares the whole top-level field, as for every cause. */
function isUnstorable({ path }: FieldChange, { wanted: entity, observed }: ComparedEntities): boolean {
  const [name = ""] = pointerParts(path);
  const wanted = entity.spec[name];
  const found = observed.spec?.[name];
  return wanted !== undefined && found !== undefined && isMangled(wanted, found);
}

/** What the marker records besides project and key: `protect` and whether the object is retired. */
function markerChanges({ kind, lifecycle }: DesiredEntity, { owner }: ObservedEntity): FieldChange[] {
  if (kindIdentity[kind] === "shared") return [];
  const [before, after] = [owner?.isProtected === true, lifecycle.isProtected];
  return [
    ...(before === after ? [] : [{ path: protectPath, sensitive: false, before, after } as const]),
    ...(owner?.isRetired === true
      ? [{ path: retiredPath, sensitive: false, before: true, after: false } as const]
      : []),
  ];
}

/** Undefined for an object that is retired already. */
export function draftRemoval(
  [key, observed]: readonly [EntityKey, ObservedEntity],
  removal: Removal | "destroy",
): Draft | undefined {
  const action = removalAction(observed, removal);
  if (action === undefined) return undefined;
  const name = isWithin("/name", observed.sensitive) ? {} : { name: observed.name };
  const step: Step = { key, kind: observed.kind, ...name, dependsOn: [], action, id: observed.id };
  return { step, wants: [], holds: heldIds(observed) };
}

/**
 * Only monitors can be paused. A project's `onRemove: pause` deletes objects of other kinds, even if there is no
 * ledger. A retired object stays retired until its key is declared again.
 */
function removalAction(
  observed: ObservedEntity,
  removal: Removal | "destroy",
): "delete" | "retire" | "release" | undefined {
  if (removal === "destroy") return "delete";
  if (observed.owner?.isRetired === true) return isRunning(observed) ? "retire" : undefined;
  if (removal === "delete" || removal === "release") return removal;
  return observed.kind === "monitor" ? "retire" : "delete";
}

/**
 * The server does not show whether a monitor below a paused group is paused itself. Such a monitor counts as paused,
 * because nothing can be done about it.
 */
function isRunning({ spec, row }: ObservedEntity): boolean {
  return spec === undefined ? Boolean(row["active"]) : spec["active"] === true;
}

function heldIds(observed: ObservedEntity): Draft["holds"] {
  return observed.references.flatMap(({ kind, to }) => {
    const id = referencedId(to);
    return id === undefined ? [] : [{ kind, id }];
  });
}

/** A name that holds a secret is not shown. */
function stepBase(
  entity: DesiredEntity,
): Pick<Step, "key" | "kind" | "name" | "dependsOn"> & { readonly at?: NonNullable<DesiredEntity["at"]> } {
  return {
    key: entity.key,
    kind: entity.kind,
    ...(isWithin("/name", entity.sensitive) ? {} : { name: entity.name }),
    ...(entity.at === undefined ? {} : { at: entity.at }),
    dependsOn: [],
  };
}
