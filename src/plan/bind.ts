/**
 * Who is who: ties each declared entity to the server object that is it. Ownership is settled here, on the inputs of the
 * plan; no later stage filters steps.
 *
 * An object is ours when its marker says so (or its name, for kinds that are bound by name). A create takes two calls, the
 * object and then its marker, and the server has no transactions: a run that was killed in between leaves an object that
 * equals what is declared in every field but has no marker. Such a twin is adopted, which changes nothing about it, rather
 * than made a second time.
 */
import {
  entityKey,
  isEntityKey,
  kindIdentity,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type KindName,
  type KumaId,
  type ObservedEntity,
} from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Blocker } from "../model/plan.ts";
import { compareSpecs } from "./compare.ts";
import { normaliseDesired, normaliseObserved } from "./normal-form.ts";
import { referencedId, type Label } from "./references.ts";

export interface Pair {
  readonly desired: DesiredEntity;
  readonly observed: ObservedEntity;
  /** The object is not marked as ours yet. */
  readonly isAdoption: boolean;
}

export interface Binding {
  readonly pairs: ReadonlyMap<EntityKey, Pair>;
  /** Declared, and not on the server. */
  readonly missing: readonly DesiredEntity[];
  /** Marked as ours, and no longer declared. */
  readonly orphans: readonly ObservedEntity[];
  readonly foreign: number;
  readonly unmanaged: number;
  readonly blockers: readonly Blocker[];
}

export function bind(desired: Desired, observed: Observed, options: { readonly adopt: boolean }): Binding {
  const index = indexObserved(desired.project, observed);
  const pairs = new Map<EntityKey, Pair>();
  const keys = markedKeys(index);
  const missing: DesiredEntity[] = [];
  const blockers: Blocker[] = [...index.blockers];

  const pair = (entity: DesiredEntity, found: ObservedEntity, isAdoption: boolean): void => {
    pairs.set(entity.key, { desired: entity, observed: found, isAdoption });
    keys.set(idText(found.kind, found.id), entity.key);
  };

  // First everything that is certain: an unmarked twin is told by its references, which these settle.
  const open: DesiredEntity[] = [];
  for (const entity of desired.entities.values()) {
    const found =
      kindIdentity[entity.kind] === "shared" ? index.named(entity.kind, entity.name)[0] : index.marked.get(entity.key);
    if (found === undefined) open.push(entity);
    else pair(entity, found, false);
  }

  const label = labelWith(index, keys);
  const begunIntents = observed.ledger.state === "known" ? observed.ledger.ledger.intents : [];
  const intents = new Map(begunIntents.map((intent) => [intent.key, intent]));
  for (const entity of open) {
    const namesakes =
      kindIdentity[entity.kind] === "shared"
        ? []
        : index
            .named(entity.kind, entity.name)
            .filter((found) => found.owner === undefined && !keys.has(idText(found.kind, found.id)));
    const twins = namesakes.filter((found) => isTwin(entity, found, label));
    const [only] = namesakes;
    const begun = intents.get(entity.key);
    const left =
      begun === undefined
        ? undefined
        : index
            .named(entity.kind, begun.name)
            .find(
              (found) => found.owner === undefined && found.id > begun.after && !keys.has(idText(found.kind, found.id)),
            );
    if (left !== undefined) pair(entity, left, true);
    else if (twins[0] !== undefined) pair(entity, twins[0], true);
    else if (only === undefined) missing.push(entity);
    else if (options.adopt && namesakes.length === 1 && only.spec !== undefined) pair(entity, only, true);
    else {
      missing.push(entity);
      blockers.push(nameTaken(entity, namesakes));
    }
  }

  const claimed = new Set([...pairs.values()].map(({ observed: found }) => found));
  return {
    pairs,
    missing,
    orphans: [...index.marked.entries()].filter(([key]) => !desired.entities.has(key)).map(([, found]) => found),
    foreign: index.foreign,
    unmanaged: index.unmanaged.filter((found) => !claimed.has(found)).length,
    blockers,
  };
}

/** The normal form of references, given what is bound to what. */
export function labeller(desired: Desired, observed: Observed, pairs: Binding["pairs"]): Label {
  const index = indexObserved(desired.project, observed);
  const keys = markedKeys(index);
  for (const [key, { observed: found }] of pairs) keys.set(idText(found.kind, found.id), key);
  return labelWith(index, keys);
}

function markedKeys(index: ObservedIndex): Map<string, EntityKey> {
  return new Map([...index.marked].map(([key, { kind, id }]) => [idText(kind, id), key]));
}

function labelWith(index: ObservedIndex, keys: ReadonlyMap<string, EntityKey>): Label {
  return (kind, reference) => {
    if (isEntityKey(reference)) return reference;
    const id = referencedId(reference) ?? uniqueId(index.named(kind, (reference as { readonly name: string }).name));
    if (id === undefined) return reference;
    const key = keys.get(idText(kind, id));
    if (key !== undefined) return key;
    const name = index.nameOf(kind, id);
    return name !== undefined && index.named(kind, name).length === 1 ? { name } : { id };
  };
}

function uniqueId(entities: readonly ObservedEntity[]): KumaId | undefined {
  return entities.length === 1 ? entities[0]?.id : undefined;
}

/** Tags are links made after the object itself, so a twin may still lack some; it may not have others. */
function isTwin(entity: DesiredEntity, found: ObservedEntity, label: Label): boolean {
  if (found.spec === undefined) return false;
  const after = normaliseDesired(entity, label).spec;
  const before = normaliseObserved(found, label).spec ?? {};
  const differing = compareSpecs({ before, after, sensitive: [] }).map((change) => change.path);
  return differing.every((path) => path === "/tags") && isSubset(before["tags"], after["tags"]);
}

function isSubset(part: unknown, whole: unknown): boolean {
  if (!Array.isArray(part) || !Array.isArray(whole)) return part === undefined;
  const texts = new Set(whole.map((item) => JSON.stringify(item)));
  return part.every((item) => texts.has(JSON.stringify(item)));
}

interface ObservedIndex {
  readonly marked: ReadonlyMap<EntityKey, ObservedEntity>;
  readonly unmanaged: readonly ObservedEntity[];
  readonly foreign: number;
  readonly blockers: readonly Blocker[];
  named(kind: KindName, name: string): readonly ObservedEntity[];
  nameOf(kind: KindName, id: KumaId): string | undefined;
}

function indexObserved(project: string, observed: Observed): ObservedIndex {
  const marked = new Map<EntityKey, ObservedEntity>();
  const unmanaged: ObservedEntity[] = [];
  const blockers: Blocker[] = [];
  const byName = new Map<string, ObservedEntity[]>();
  const names = new Map<string, string>();
  let foreign = 0;
  for (const entity of observed.entities) {
    names.set(idText(entity.kind, entity.id), entity.name);
    const named = byName.get(`${entity.kind}:${entity.name}`);
    if (named === undefined) byName.set(`${entity.kind}:${entity.name}`, [entity]);
    else named.push(entity);
    if (kindIdentity[entity.kind] === "shared") continue;
    if (entity.owner === undefined) unmanaged.push(entity);
    else if (entity.owner.project !== project) foreign += 1;
    else {
      const key = entityKey(entity.kind, entity.owner.key);
      const other = marked.get(key);
      if (other === undefined) marked.set(key, entity);
      else blockers.push(sameMarker(key, [other.id, entity.id]));
    }
  }
  return {
    marked,
    unmanaged,
    foreign,
    blockers,
    named: (kind, name) => byName.get(`${kind}:${name}`) ?? [],
    nameOf: (kind, id) => names.get(idText(kind, id)),
  };
}

function idText(kind: KindName, id: KumaId): string {
  return `${kind}#${id}`;
}

/** Cloning a monitor in the UI copies its tags, our marker among them. */
function sameMarker(key: EntityKey, ids: readonly KumaId[]): Blocker {
  return {
    code: "KS4007",
    message: `${key} is marked on ${ids.length} objects on the server (ids ${ids.join(", ")}); a clone made in the UI copies the marker`,
    keys: [key],
    waysOn: [`remove the kuma-sync tag from the copy in the UI, or delete the copy`],
  };
}

function nameTaken(entity: DesiredEntity, namesakes: readonly ObservedEntity[]): Blocker {
  const ids = namesakes.map((found) => found.id).join(", ");
  const isUnique = namesakes.length === 1;
  return {
    code: "KS4003",
    message: isUnique
      ? `${entity.key}: an object with this name is on the server already and is not managed (id ${ids})`
      : `${entity.key}: ${namesakes.length} unmanaged objects on the server have this name (ids ${ids})`,
    keys: [entity.key],
    waysOn: isUnique
      ? ["--adopt takes it over and keeps its history", "give one of the two another name"]
      : ["rename all but the one that is meant on the server, then --adopt", `give ${entity.key} another name`],
  };
}
