/**
 * Laws of the planner, over random worlds: a plan carried out step by step on a model of the server never refers to what
 * is not there, never puts a group below itself, and leaves nothing to plan.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Desired, DesiredEntity, EntityKey, ObservedEntity, Reference } from "../../src/model/entity.ts";
import type { Observed } from "../../src/model/observed.ts";
import { isEntityKey, localKey } from "../../src/model/entity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Step } from "../../src/model/plan.ts";
import { replaceReferences } from "../../src/plan/references.ts";
import { declare, desiredOf, observedOf, onServer, planOf, project } from "./builder.ts";

const keys = ["a", "b", "c", "d", "e", "f", "g"] as const;

/** A forest over `keys`, with notifications and tags; parents come from earlier keys of a random order, so no cycles. */
const world = fc
  .record({
    order: fc.shuffledSubarray([...keys], { minLength: 1 }),
    parents: fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }),
    values: fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }),
    links: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    hasNotification: fc.boolean(),
    hasTag: fc.boolean(),
  })
  .map(({ order, parents, values, links, hasNotification, hasTag }) => {
    const monitors = order.map((key, index) => {
      const parent = index === 0 ? undefined : order[(parents[index] as number) % (index + 1)];
      return declare(key, {
        type: "group",
        value: values[index] as number,
        parent: parent === undefined || parent === key ? null : `monitor/${parent}`,
        notifications: hasNotification && links[index] === true ? ["notification/n"] : [],
        tags: hasTag && links[index] === true ? [{ tag: "tag/t", value: String(values[index]) }] : [],
      });
    });
    const others: DesiredEntity[] = [];
    if (hasNotification) others.push(declare("n", { type: "slack" }, { kind: "notification" }));
    if (hasTag) others.push(declare("t", { color: "red" }, { kind: "tag" }));
    return desiredOf(...monitors, ...others);
  });

/** What a server holds after a plan for `desired` was carried out on `before`; throws where a real one would refuse. */
function carryOut(desired: Desired, before: Observed): Observed {
  const plan = planOf(desired, before, { allowDeletes: 99, allowEmpty: true });
  const objects = new Map<EntityKey, ObservedEntity>();
  for (const entity of before.entities) {
    objects.set(`${entity.kind}/${entity.owner?.key ?? entity.name}`, entity);
  }
  let nextId = Math.max(0, ...before.entities.map(({ id }) => id)) + 1;
  const idOf = (reference: Reference): Reference => {
    if (!isEntityKey(reference)) return reference;
    const target = objects.get(reference);
    if (target === undefined) throw new Error(`${reference} does not exist yet`);
    return { id: target.id };
  };
  const write = (step: Step, id: number): void => {
    const entity = desired.entities.get(step.key) as DesiredEntity;
    const spec = replaceReferences(entity.spec, entity.references, (_kind, reference) => idOf(reference));
    const isMarked = step.kind !== "tag";
    objects.set(
      step.key,
      onServer(id, spec, { kind: step.kind, ...(isMarked ? { marker: `${project}/${localKey(step.key)}` } : {}) }),
    );
  };
  for (const step of plan.steps) {
    if (step.action === "delete") {
      const holder = [...objects.values()].find((other) =>
        other.references.some(
          ({ kind, to }) => kind === step.kind && typeof to === "object" && "id" in to && to.id === step.id,
        ),
      );
      if (holder !== undefined) throw new Error(`${step.key} is deleted while ${holder.name} refers to it`);
      objects.delete(step.key);
    } else {
      write(step, step.action === "create" ? nextId++ : step.id);
      assertNoCycle([...objects.values()]);
    }
  }
  return observedOf(...objects.values());
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

describe("planner laws", () => {
  test("from nothing, and from any state to any other: apply then plan is empty", () => {
    fc.assert(
      fc.property(world, world, (first, second) => {
        const one = carryOut(first, observedOf());
        expect(planOf(first, one).steps).toEqual([]);
        const two = carryOut(second, one);
        expect(planOf(second, two).steps).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("same input, same bytes, whatever order the server lists its objects in", () => {
    fc.assert(
      fc.property(world, world, fc.infiniteStream(fc.nat()), (first, second, random) => {
        const { entities } = carryOut(first, observedOf());
        const keyed = entities.map((entity) => ({ entity, order: random.next().value as number }));
        const shuffled = keyed.toSorted((left, right) => left.order - right.order).map(({ entity }) => entity);
        const options = { allowDeletes: 99, allowEmpty: true };
        const creates = (observed: Observed): string[] =>
          planOf(second, observed, options)
            .steps.filter(({ action }) => action !== "delete")
            .map((step) => JSON.stringify(step));
        const plan = planOf(second, observedOf(...entities), options);
        expect(JSON.stringify(plan)).toBe(JSON.stringify(planOf(second, observedOf(...entities), options)));
        expect(creates(observedOf(...shuffled))).toEqual(creates(observedOf(...entities)));
      }),
      { numRuns: 200 },
    );
  });

  test("no sensitive value, old or new, is in a plan", () => {
    const secret = fc.stringMatching(/^SECRET[a-z0-9]{12}$/);
    const deep = secret.map((text) => ({ deep: text }));
    const any = fc.oneof(
      secret,
      deep,
      secret.map((text) => [text]),
      fc.constant(null),
    );
    const change = fc.oneof(
      fc.record({ before: any, after: any, sensitive: fc.constant(["/body"]) }),
      fc.record({ before: any, after: deep, sensitive: fc.constant(["/body/deep"]) }),
    );
    fc.assert(
      fc.property(change, ({ before, after, sensitive }) => {
        const plan = planOf(
          desiredOf(
            declare("api", { type: "http", body: after }, { sensitive }),
            declare("new", { body: after }, { sensitive }),
          ),
          observedOf(onServer(1, { name: "api", type: "http", body: before }, { marker: "shop/api" })),
        );
        expect(JSON.stringify(plan)).not.toContain("SECRET");
      }),
      { numRuns: 300 },
    );
  });
});
