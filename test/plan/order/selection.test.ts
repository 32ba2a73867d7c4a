import { describe, expect, test } from "vitest";
import type { DesiredEntity, EntityKey } from "../../../src/model/entity.ts";
import { selectorOf, selectsNothing, unmatchedSelectors } from "../../../src/plan/order/selection.ts";
import { declare, desiredOf, observedOf, onServer, planOf } from "../builder.ts";

const keys: readonly EntityKey[] = ["monitor/api", "monitor/api-2", "notification/api", "monitor/a.i"];
const picked = (select: readonly string[], exclude: readonly string[] = []): readonly EntityKey[] =>
  keys.filter(selectorOf({ select, exclude }));

describe("selectors", () => {
  test.each([
    ["a key in full", ["monitor/api"], [], ["monitor/api"]],
    ["a key of every kind", ["api"], [], ["monitor/api", "notification/api"]],
    ["a pattern", ["monitor/api*"], [], ["monitor/api", "monitor/api-2"]],
    ["a pattern of every kind", ["*i"], [], ["monitor/api", "notification/api", "monitor/a.i"]],
    ["a dot is a dot", ["a.i"], [], ["monitor/a.i"]],
    ["everything but some", [], ["monitor/*"], ["notification/api"]],
    ["some but one", ["api"], ["notification/*"], ["monitor/api"]],
    ["everything", [], [], keys],
  ])("%s", (_title, select, exclude, expected) => {
    expect(picked(select, exclude)).toEqual(expected);
  });

  test("a pattern that matches nothing is reported", () => {
    const desired = desiredOf(declare("api", {}));
    expect(unmatchedSelectors({ select: ["api", "apo"], exclude: ["notification/*"] }, desired)).toEqual([
      "apo",
      "notification/*",
    ]);
    expect(selectsNothing(selectorOf({ select: ["api"], exclude: ["api"] }), desired)).toBe(true);
    expect(selectsNothing(selectorOf({ select: ["api"], exclude: [] }), desired)).toBe(false);
  });
});

function group(key: string, parent: string | null): DesiredEntity {
  return declare(key, { type: "group", parent: parent === null ? null : `monitor/${parent}` });
}

describe("a plan of a selection", () => {
  const desired = desiredOf(
    declare("g", { type: "group", parent: null }),
    declare("api", { parent: "monitor/g", notifications: ["notification/n"], value: 2 }),
    declare("n", { value: 2 }, { kind: "notification" }),
    declare("taken", { value: 2 }),
    declare("lost", { notifications: [{ name: "nobody" }] }),
  );
  const observed = observedOf(
    onServer(1, { name: "n", value: 1 }, { kind: "notification", marker: "shop/n" }),
    onServer(2, { name: "taken", value: 1 }),
    onServer(3, { name: "old" }, { marker: "shop/old" }),
    onServer(4, { name: "vault" }, { marker: "shop/vault#protected" }),
  );

  test("has the steps it needs, removes nothing, and is stopped only by blockers of selected objects", () => {
    const plan = planOf(desired, observed, { isSelected: (key) => key === "monitor/api" });
    expect(plan.steps.map(({ action, key }) => `${action} ${key}`)).toEqual(["create monitor/g", "create monitor/api"]);
    expect(plan.blockers).toEqual([]);
    expect(plan.isPartial).toBe(true);
    expect(plan.summary).toMatchObject({ create: 2, unchanged: 0, kept: 2 });
  });

  test("is stopped by a blocker of a selected object", () => {
    expect(
      planOf(desired, observed, { isSelected: selectorOf({ select: ["taken", "lost"], exclude: [] }) }).blockers.map(
        ({ code }) => code,
      ),
    ).toEqual(["KS4003", "KS4005"]);
  });

  test("includes the move of a group that a monitor moves into", () => {
    const swapped = desiredOf(
      declare("a", { type: "group", parent: "monitor/b" }),
      declare("b", { type: "group", parent: null }),
    );
    const nested = observedOf(
      onServer(1, { name: "a", type: "group", parent: null }, { marker: "shop/a" }),
      onServer(2, { name: "b", type: "group", parent: { id: 1 } }, { marker: "shop/b" }),
    );
    const plan = planOf(swapped, nested, { isSelected: (key) => key === "monitor/a" });
    expect(plan.steps.map(({ key }) => key)).toEqual(["monitor/b", "monitor/a"]);
  });

  test("includes the moves of all groups above a moved monitor, even above an unmoved group", () => {
    const desiredAfter = desiredOf(group("b", "c"), group("c", "f"), group("f", null), group("x", "f"));
    const nested = observedOf(
      onServer(1, { name: "b", type: "group", parent: null }, { marker: "shop/b" }),
      onServer(2, { name: "f", type: "group", parent: { id: 1 } }, { marker: "shop/f" }),
      onServer(3, { name: "c", type: "group", parent: { id: 2 } }, { marker: "shop/c" }),
    );
    const steps = [
      { key: "monitor/f", dependsOn: [] },
      { key: "monitor/b", dependsOn: ["monitor/f"] },
    ];
    expect(planOf(desiredAfter, nested, { isSelected: (key) => key === "monitor/b" }).steps).toMatchObject(steps);
    expect(planOf(desiredAfter, nested).steps).toMatchObject([...steps, { key: "monitor/x", dependsOn: [] }]);
  });

  test("leaves out the move of a group whose monitors only change", () => {
    const changed = desiredOf(
      declare("a", { type: "group", parent: null }),
      declare("b", { type: "group", parent: "monitor/a" }),
      declare("api", { parent: "monitor/b", value: 2 }),
    );
    const before = observedOf(
      onServer(1, { name: "a", type: "group", parent: null }, { marker: "shop/a" }),
      onServer(2, { name: "b", type: "group", parent: null }, { marker: "shop/b" }),
      onServer(3, { name: "api", parent: { id: 2 }, value: 1 }, { marker: "shop/api" }),
    );
    const plan = planOf(changed, before, { isSelected: (key) => key === "monitor/api" });
    expect(plan.steps.map(({ key }) => key)).toEqual(["monitor/api"]);
  });
});
