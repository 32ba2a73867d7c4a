/** A server in memory that carries a plan out step by step, and refuses what a real one would not survive. */
import { kindIdentity, localKey, type Desired, type EntityKey, type ObservedEntity } from "../../src/model/entity.ts";
import { isWithin, type JsonObject } from "../../src/model/json.ts";
import { emptyLedger } from "../../src/model/ledger.ts";
import type { Observed } from "../../src/model/observed.ts";
import { protectPath, retiredPath, type Step } from "../../src/model/plan.ts";
import { bind } from "../../src/plan/bind/bind.ts";
import { effectiveEntity } from "../../src/plan/canonical/effective-entity.ts";
import type { PlanOptions } from "../../src/plan/make-plan.ts";
import { nextLedger } from "../../src/ledger/next-ledger.ts";
import { canonicalDesired, canonicalObserved } from "../../src/plan/canonical/canonical-form.ts";
import { replaceReferences } from "../../src/plan/canonical/references.ts";
import { onServer, planOf, project, referencesOf } from "./builder.ts";

/** What the server holds, ledger included, after a plan for `desired` was carried out on `before`. */
export function carryOut(desired: Desired, before: Observed, options: Partial<PlanOptions> = {}): Observed {
  const plan = planOf(desired, before, options);
  const { index } = bind(desired, before, { adopt: false, ...options });
  const objects = new Map(before.entities.map((entity) => [`${entity.kind}#${entity.id}`, entity]));
  const gone = new Set<EntityKey>();
  let nextId = Math.max(0, ...before.entities.map(({ id }) => id)) + 1;

  const write = (step: Exclude<Step, { action: "delete" | "retire" | "release" }>, id: number): void => {
    const entity = desired.entities.get(step.key);
    if (entity === undefined) throw new Error(`${step.key} is written and not declared`);
    const there = objects.get(`${step.kind}#${id}`);
    const wanted = canonicalDesired(entity, index.label);
    const { spec } = there === undefined ? wanted : effectiveEntity(wanted, canonicalObserved(there, index.label));
    const withIds = replaceReferences(spec, referencesOf(spec), (kind, reference) => {
      const target = index.idOf(kind, reference);
      if (target === undefined) throw new Error(`${JSON.stringify(reference)} does not exist yet`);
      return { id: target };
    });
    const isMarking =
      step.action !== "update" || step.changes.some(({ path }) => [protectPath, retiredPath].includes(path));
    const marks = entity.lifecycle.isProtected ? "#protected" : "";
    const next = onServer(id, withIds, {
      kind: step.kind,
      ...(kindIdentity[step.kind] === "marker" ? { marker: `${project}/${localKey(step.key)}${marks}` } : {}),
    });
    objects.set(`${step.kind}#${id}`, isMarking ? next : { ...next, owner: there?.owner });
    index.set(step.key, id);
    if (step.action === "move") gone.add(step.from);
    assertNoCycle([...objects.values()]);
  };

  const remove = ({ kind, id, key }: Step & { readonly id: number }): void => {
    objects.delete(`${kind}#${id}`);
    gone.add(key);
    for (const [place, holder] of objects) {
      const held = holder.references.filter(
        ({ kind: of, to }) => of === kind && typeof to === "object" && "id" in to && to.id === id,
      );
      const owner = holder.owner === undefined ? undefined : desired.entities.get(`${holder.kind}/${holder.owner.key}`);
      const isOurs = owner !== undefined && index.idOf(holder.kind, owner.key) === holder.id;
      const mayHold = held.every(({ at }) => isWithin(at, owner?.lifecycle.ignoreChanges ?? []));
      if (isOurs && !mayHold) throw new Error(`${key} is deleted while ${holder.name} refers to it`);
      if (held.length > 0) objects.set(place, unlink(holder, id));
    }
  };

  for (const step of plan.steps) {
    const object = "id" in step ? objects.get(`${step.kind}#${step.id}`) : undefined;
    if ("id" in step && object === undefined) throw new Error(`${step.key} is not on the server`);
    if (step.action === "create") write(step, nextId++);
    else if (step.action === "delete") {
      if (object?.owner?.isProtected === true) throw new Error(`${step.key} is protected`);
      remove(step);
    } else if (step.action === "release") {
      objects.set(`${step.kind}#${step.id}`, { ...(object as ObservedEntity), owner: undefined });
      gone.add(step.key);
    } else if (step.action === "retire") {
      const { spec, references, owner } = object as ObservedEntity;
      const paused = onServer(step.id, { ...spec, active: false }, { kind: step.kind });
      objects.set(`${step.kind}#${step.id}`, {
        ...paused,
        references,
        owner: { project, key: localKey(step.key), ...owner, isRetired: true },
      });
    } else write(step, step.id);
  }

  const ledger = nextLedger({
    before: before.ledger.state === "known" ? before.ledger.ledger : emptyLedger,
    declared: new Map([...desired.entities].map(([key, entity]) => [key, canonicalDesired(entity, index.label)])),
    ids: index.ids,
    applied: new Set(
      [...desired.entities.keys()].filter((key) => options.isSelected?.(key) !== false && index.ids.has(key)),
    ),
    gone,
  });
  const owners = new Map(
    [...ledger.entries].map(([key, entry]) => [`${key.slice(0, key.indexOf("/"))}#${entry.id}`, { key, entry }]),
  );
  const entities = [...objects].map(([place, entity]): ObservedEntity => {
    if (kindIdentity[entity.kind] !== "ledger") return entity;
    const known = owners.get(place);
    if (known === undefined) return { ...entity, owner: undefined };
    const isProtected = known.entry.isProtected === true ? { isProtected: true as const } : {};
    return { ...entity, owner: { project, key: localKey(known.key), ...isProtected } };
  });
  return { ...before, entities, ledger: { state: "known", ledger } };
}

/** Without the links to what is deleted, as the server leaves it. */
function unlink(holder: ObservedEntity, id: number): ObservedEntity {
  const spec = holder.spec as JsonObject;
  const isLink = (value: unknown): boolean =>
    typeof value === "object" && value !== null && "id" in value && value.id === id;
  const left = Object.fromEntries(
    Object.entries(spec).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.filter((item: { tag?: unknown }) => !isLink(item.tag ?? item))];
      return [name, isLink(value) ? null : value];
    }),
  );
  return { ...holder, spec: left, references: referencesOf(left) };
}

function assertNoCycle(entities: readonly ObservedEntity[]): void {
  const parents = new Map(
    entities
      .filter(({ kind }) => kind === "monitor")
      .map(({ id, spec }) => [id, ((spec as JsonObject)["parent"] as { id: number } | null)?.id]),
  );
  for (const start of parents.keys()) {
    const seen = new Set<number>();
    for (let id: number | undefined = start; id !== undefined; id = parents.get(id)) {
      if (seen.has(id)) throw new Error(`monitor ${id} is below itself`);
      seen.add(id);
    }
  }
}
