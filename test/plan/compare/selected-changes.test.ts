import { describe, expect, test } from "vitest";
import type { EntityKey } from "../../../src/model/entity.ts";
import type { Json } from "../../../src/model/json.ts";
import type { FieldChange } from "../../../src/model/plan.ts";
import { withSelected } from "../../../src/plan/compare/selected-changes.ts";

const shown = (key: string): Json => ({ monitor: `monitor/${key}`, sendUrl: false, url: null });
const group = (name: string, ...keys: readonly string[]): Json => ({ name, monitors: keys.map(shown) });

function selected(at: string, keys: readonly string[], by: Json = { tag: "media" }) {
  return { at, by: new Map(keys.map((key): [EntityKey, Json] => [`monitor/${key}`, by])) };
}

type Value = Extract<FieldChange, { sensitive: false }>;

function selectedIn(
  change: Omit<Partial<Value>, "sensitive">,
  ...lists: readonly ReturnType<typeof selected>[]
): unknown {
  const whole: FieldChange = { path: "/groups", ...change, sensitive: false };
  const [found] = withSelected([whole], { selected: lists });
  return found !== undefined && !found.sensitive ? found.selected : undefined;
}

const added = (...keys: readonly string[]) => keys.map((key) => ({ key: `monitor/${key}`, by: { tag: "media" } }));

describe("of a list that a selector fills, a change names", () => {
  test("what the selector brings in, and what goes", () => {
    const change = { before: [group("M", "a", "b", "x")], after: [group("M", "b", "c", "named")] };
    expect(selectedIn(change, selected("/groups/0/monitors", ["b", "c"]))).toEqual([
      { group: "M", added: added("c"), removed: ["monitor/a", "monitor/x"] },
    ]);
  });

  test("all of a new page", () => {
    expect(selectedIn({ after: [group("M", "a")] }, selected("/groups/0/monitors", ["a"]))).toEqual([
      { group: "M", added: added("a"), removed: [] },
    ]);
  });

  test("the monitors of the group with that name, wherever it was", () => {
    const change = {
      before: [group("M", "a"), group("N", "z"), group("M", "b")],
      after: [group("N", "z"), group("M", "a"), group("M", "b", "c")],
    };
    const lists = [selected("/groups/1/monitors", ["a"]), selected("/groups/2/monitors", ["b", "c"])];
    expect(selectedIn(change, ...lists)).toEqual([{ group: "M", added: added("c"), removed: [] }]);
  });

  test("nothing when only the order changes, or another group does", () => {
    const change = { before: [group("M", "a", "b"), group("N", "x")], after: [group("M", "b", "a"), group("N", "y")] };
    expect(selectedIn(change, selected("/groups/0/monitors", ["a", "b"]))).toBeUndefined();
  });

  test("monitors made by hand, and those of a maintenance, which has no heading", () => {
    const change = {
      path: "/monitors",
      before: ["monitor/a", { id: 3 }],
      after: ["monitor/b"],
    } as const;
    expect(selectedIn(change, selected("/monitors", ["b"]))).toEqual([
      { added: added("b"), removed: ["monitor/a", { id: 3 }] },
    ]);
  });

  test("nothing of what is not shown", () => {
    const change = { path: "/groups", sensitive: true } as const;
    expect(withSelected([change], { selected: [selected("/groups/0/monitors", ["a"])] })).toEqual([change]);
  });
});
