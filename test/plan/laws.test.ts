/**
 * Laws of the planner, over random worlds: a plan carried out step by step on a model of the server never refers to what
 * is not there, never puts a group below itself, deletes nothing that is protected, and leaves nothing to plan.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  removalNames,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type Lifecycle,
} from "../../src/model/entity.ts";
import type { Json } from "../../src/model/json.ts";
import { emptyLedger } from "../../src/model/ledger.ts";
import type { Observed } from "../../src/model/observed.ts";
import { fingerprint } from "../../src/ledger/fingerprint.ts";
import { declare, desiredOf, observedOf, onServer, planOf, withMoves } from "./builder.ts";
import { carryOut } from "./model-server.ts";

const keys = ["a", "b", "c", "d", "e", "f", "g"] as const;
const consented = { allowDeletes: 99, allowEmpty: true };

const anyLifecycle = fc.record({
  isProtected: fc.boolean(),
  onRemove: fc.constantFrom(...removalNames),
  ignoreChanges: fc.subarray(["/value", "/notifications", "/tags", "/map/own", "/dockerHost"]),
});
const perKey = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: keys.length, maxLength: keys.length });

/** A forest over `keys`, with what it refers to; parents come from earlier keys of a random order, so no cycles. */
const world: fc.Arbitrary<Desired> = fc
  .record({
    order: fc.shuffledSubarray([...keys], { minLength: 1 }),
    parents: perKey(fc.nat(6)),
    values: perKey(fc.nat(3)),
    active: perKey(fc.boolean()),
    links: perKey(fc.boolean()),
    lives: perKey(anyLifecycle),
    others: fc.subarray(["n", "t", "h", "i"]),
    positions: perKey(fc.nat(99)),
    moves: fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), { maxLength: 3 }),
  })
  .map(({ order, parents, values, active, links, lives, others, positions, moves }) => {
    const monitors = order.map((key, index) => {
      const parent = index === 0 ? undefined : order[(parents[index] as number) % (index + 1)];
      const isLinked = (other: string): boolean => links[index] === true && others.includes(other);
      const spec = {
        type: "group",
        active: active[index] as boolean,
        value: values[index] as number,
        map: { own: values[index] as number, other: 1 },
        parent: parent === undefined || parent === key ? null : `monitor/${parent}`,
        dockerHost: isLinked("h") ? "docker-host/h" : null,
        notifications: isLinked("n") ? ["notification/n"] : [],
        tags: isLinked("t") ? [{ tag: "tag/t", value: String(values[index]) }] : [],
      };
      return declare(key, spec, { lifecycle: lives[index] as Lifecycle });
    });
    const life = { lifecycle: lives[0] as Lifecycle };
    const rest: Record<string, DesiredEntity> = {
      n: declare("n", { type: "slack", value: values[0] as number }, { kind: "notification", ...life }),
      t: declare("t", { color: "red" }, { kind: "tag" }),
      h: declare("h", { value: values[1] as number }, { kind: "docker-host", ...life }),
      i: declare("i", { value: values[2] as number, name: "h" }, { kind: "docker-host", ...life }),
    };
    // A file may name a child before its group.
    const shuffled = monitors
      .map((monitor, index) => ({ monitor, position: positions[index] as number }))
      .toSorted((left, right) => left.position - right.position)
      .map(({ monitor }) => monitor);
    const desired = desiredOf(...shuffled, ...others.map((name) => rest[name] as DesiredEntity));
    return withMoves(
      desired,
      ...moves.map(([from, to]): [EntityKey, EntityKey] => [`monitor/${from}`, `monitor/${to}`]),
    );
  });

/** What is declared carries the marks that it should, and is not retired. */
function expectMarks({ entities }: Desired, observed: Observed): void {
  for (const { kind, owner } of observed.entities) {
    const entity = owner === undefined ? undefined : entities.get(`${kind}/${owner.key}`);
    if (entity === undefined) continue;
    expect([entity.key, owner?.isRetired, owner?.isProtected === true]).toEqual([
      entity.key,
      undefined,
      entity.lifecycle.isProtected,
    ]);
  }
}

function isRemoval({ action }: { readonly action: string }): boolean {
  return action === "delete" || action === "retire" || action === "release";
}

describe("planner laws", () => {
  test("from nothing, and from any state to any other: apply then plan is empty", () => {
    fc.assert(
      fc.property(world, world, world, (...states) => {
        let observed: Observed = observedOf();
        for (const desired of states) {
          observed = carryOut(desired, observed, consented);
          expect(planOf(desired, observed).steps).toEqual([]);
          expectMarks(desired, observed);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("without the ledger, objects with a marker are still managed", () => {
    fc.assert(
      fc.property(world, (desired) => {
        const { server, entities } = carryOut(desired, observedOf(), consented);
        const marked = entities.filter(({ kind }) => kind !== "docker-host");
        const steps = planOf(desired, { server, entities: marked, ledger: { state: "absent" } }).steps;
        expect(steps.filter(({ kind, action }) => kind !== "docker-host" && action !== "update")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("a selection removes nothing, includes only the steps that it needs, and converges in one apply", () => {
    fc.assert(
      fc.property(world, world, fc.subarray([...keys]), (first, second, picked) => {
        const one = carryOut(first, observedOf(), consented);
        const isSelected = (key: EntityKey): boolean => picked.some((name) => key === `monitor/${name}`);
        const plan = planOf(second, one, { isSelected });
        expect(plan.isPartial).toBe(true);
        expect(plan.steps.filter(isRemoval)).toEqual([]);
        const needed = new Set(plan.steps.flatMap(({ dependsOn }) => dependsOn));
        expect(plan.steps.filter(({ key }) => !isSelected(key) && !needed.has(key))).toEqual([]);
        const two = carryOut(second, one, { isSelected });
        expect(planOf(second, two, { isSelected }).steps).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("--no-deletes removes nothing, and protected objects are never removed", () => {
    fc.assert(
      fc.property(world, world, (first, second) => {
        const one = carryOut(first, observedOf(), consented);
        const kept = planOf(second, one, { keepsRemoved: true });
        expect(kept.steps.filter(isRemoval)).toEqual([]);
        const marked = new Set(
          one.entities.filter(({ owner }) => owner?.isProtected === true).map(({ kind, id }) => `${kind}#${id}`),
        );
        const removed = planOf(second, one, consented).steps.filter(isRemoval);
        expect(removed.filter((step) => "id" in step && marked.has(`${step.kind}#${step.id}`))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("the same input gives the same bytes, in whatever order the server lists its objects", () => {
    fc.assert(
      fc.property(world, world, fc.infiniteStream(fc.nat()), (first, second, random) => {
        const { entities } = carryOut(first, observedOf(), consented);
        const keyed = entities.map((entity) => ({ entity, order: random.next().value as number }));
        const shuffled = keyed.toSorted((left, right) => left.order - right.order).map(({ entity }) => entity);
        const creates = (observed: Observed): string[] =>
          planOf(second, observed, consented)
            .steps.filter(({ action }) => action !== "delete")
            .map((step) => JSON.stringify(step));
        const plan = planOf(second, observedOf(...entities), consented);
        expect(JSON.stringify(plan)).toBe(JSON.stringify(planOf(second, observedOf(...entities), consented)));
        expect(creates(observedOf(...shuffled))).toEqual(creates(observedOf(...entities)));
      }),
      { numRuns: 200 },
    );
  });

  test("no sensitive value, old or new, and no hash of one, is in a plan or in a ledger", () => {
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
      fc.property(change, fc.boolean(), ({ before, after, sensitive }, isIgnored) => {
        const lifecycle = { ignoreChanges: isIgnored ? ["/body"] : [] };
        const desired = desiredOf(
          declare("api", { type: "http", body: after }, { sensitive, lifecycle }),
          declare("new", { body: after }, { sensitive }),
          // Gives the field a default that a ledger may know.
          declare("plain", { type: "http", body: null }, { defaulted: ["/body"] }),
        );
        const observed = observedOf(
          onServer(1, { name: "api", type: "http", body: before }, { marker: "shop/api", sensitive }),
        );
        const { ledger } = carryOut(desired, observed);
        const known = ledger.state === "known" ? ledger.ledger : emptyLedger;
        const text = JSON.stringify([
          planOf(desired, observed),
          planOf(desired, { ...observed, ledger }),
          [...known.entries],
          [...known.defaults],
        ]);
        expect(text).not.toContain("SECRET");
        for (const value of [before, after].flatMap(valuesIn)) expect(text).not.toContain(fingerprint(value));
      }),
      { numRuns: 200 },
    );
  });
});

/** A value with everything inside it; what holds nothing is no secret. */
function valuesIn(value: Json): readonly Json[] {
  if (value === null) return [];
  return [value, ...(typeof value === "object" ? Object.values(value).flatMap(valuesIn) : [])];
}
