import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Desired } from "../../src/model/entity.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Plan, Step } from "../../src/model/plan.ts";
import { staleReasonText } from "../../src/output/words/stale-reason.ts";
import { compareWithApproved } from "../../src/plan/approval.ts";
import { declare, desiredOf, observedOf, onServer, planOf, withMoves } from "./builder.ts";

const http = { type: "http", url: "http://a", tags: [] };
const desired = withMoves(
  desiredOf(
    declare("made", { ...http, headers: { A: "1" } }, { lifecycle: { isProtected: true } }),
    declare("edited", { ...http, interval: 60, value: 1 }),
    declare("adopted", { ...http, value: 1 }, { lifecycle: { adopt: { id: 3 } } }),
    declare("moved", { ...http, value: 1 }),
    declare("secret", { ...http, body: "new" }, { sensitive: ["/body"] }),
  ),
  ["monitor/before", "monitor/moved"],
);
const edited = { ...http, name: "edited", interval: 20, value: 2 };
const observed = observedOf(
  onServer(1, edited, { marker: "shop/edited" }),
  onServer(2, { ...http, name: "gone", url: "http://gone" }, { marker: "shop/gone" }),
  onServer(3, { ...http, name: "by hand", value: 2 }),
  onServer(4, { ...http, name: "moved", value: 2 }, { marker: "shop/before" }),
  onServer(5, { ...http, name: "secret", body: "old" }, { marker: "shop/secret" }),
);

/** The same server with some objects in another state; null: gone. */
function but(changed: Readonly<Record<number, ReturnType<typeof onServer> | null>>): Observed {
  const left = observed.entities.filter(({ id }) => !Object.hasOwn(changed, id));
  return { ...observed, entities: [...left, ...Object.values(changed).filter((entity) => entity !== null)] };
}

const plan = (now: Observed, wanted: Desired = desired): Plan => planOf(wanted, now);
const approved = JSON.parse(JSON.stringify(plan(observed))) as Plan;
const verdict = (now: Observed): readonly unknown[] => {
  const { state, moved } = compareWithApproved(approved, plan(now), desired);
  return [state, ...moved.map(({ key, why }) => `${key}: ${staleReasonText(why)}`)];
};

describe("a plan that was saved", () => {
  test("has one step of each sort here", () => {
    expect(approved.steps.map(({ action }) => action).toSorted()).toEqual(
      ["adopt", "create", "delete", "move", "update", "update"].toSorted(),
    );
  });

  test("is the same over what it was made from", () => {
    expect(verdict(observed)).toEqual(["same"]);
  });

  test("is the same whatever explains it", () => {
    const now = plan(observed);
    const steps = now.steps.map((step): Step => {
      if (!("changes" in step)) return step;
      const at = { file: "other.yaml", line: 9, column: 1, endLine: 9, endColumn: 2 };
      return {
        ...step,
        at,
        changes: step.changes.map((change) => ({ ...change, cause: "server" as const })).toReversed(),
      };
    });
    expect(compareWithApproved(approved, { ...now, steps: steps.toReversed() }, desired).state).toBe("same");
  });

  test.each([
    ["a delete that is done", but({ 2: null })],
    ["an update that is done in part", but({ 1: onServer(1, { ...edited, interval: 60 }, { marker: "shop/edited" }) })],
    [
      "an adopted object that is marked",
      but({ 3: onServer(3, { ...http, name: "by hand", value: 2 }, { marker: "shop/adopted" }) }),
    ],
    [
      "a moved object that is marked",
      but({ 4: onServer(4, { ...http, name: "moved", value: 2 }, { marker: "shop/moved" }) }),
    ],
    ["a new object without its marker", but({ 9: onServer(9, { ...http, name: "made", headers: { A: "1" } }) })],
    [
      "a new object without its tags and its protection",
      but({ 9: onServer(9, { ...http, name: "made", headers: { A: null } }, { marker: "shop/made" }) }),
    ],
  ])("goes on after %s", (_title, now) => {
    expect(verdict(now)).toEqual(["rest"]);
  });

  test("continues with nothing left to do", () => {
    const empty = { ...plan(observed), steps: [] };
    expect(compareWithApproved(approved, empty, desired)).toEqual({ state: "rest", moved: [] });
    expect(compareWithApproved(empty, empty, desired)).toEqual({ state: "same", moved: [] });
  });

  test.each([
    [
      "a field has another old value",
      but({ 1: onServer(1, { ...edited, interval: 30 }, { marker: "shop/edited" }) }),
      "monitor/edited: /interval would change from or to another value",
    ],
    [
      "another field differs",
      but({ 1: onServer(1, { ...edited, url: "http://b" }, { marker: "shop/edited" }) }),
      "monitor/edited: /url would change too",
    ],
    ["an object is gone", but({ 1: null }), "monitor/edited: would create it, and the plan would update it"],
    [
      "a new object is ours",
      but({ 8: onServer(8, { ...http, name: "x", url: "http://x" }, { marker: "shop/x" }) }),
      "monitor/x: would delete it, and the plan has no step for it",
    ],
    [
      "an object gave way to another",
      but({ 2: onServer(7, { ...http, name: "gone", url: "http://gone" }, { marker: "shop/gone" }) }),
      "monitor/gone: is another object now (id 7, and 2 in the plan)",
    ],
  ])("is stale when %s", (_title, now, why) => {
    expect(verdict(now)).toEqual(["stale", why]);
  });

  test("is stale when the file changed", () => {
    const other = desiredOf(...desired.entities.values(), declare("edited", { ...http, interval: 61, value: 1 }));
    const { state, moved } = compareWithApproved(approved, plan(observed, { ...other, moves: desired.moves }), other);
    expect({ state, keys: moved.map(({ key }) => key) }).toEqual({ state: "stale", keys: ["monitor/edited"] });
  });

  test("is stale when an object is no longer to be created", () => {
    const other = desiredOf(...[...desired.entities.values()].filter(({ name }) => name !== "made"));
    const now = plan(observed, { ...other, moves: desired.moves });
    expect(compareWithApproved(approved, now, other)).toEqual({
      state: "stale",
      moved: [{ key: "monitor/made", why: { type: "not-declared" } }],
    });
  });

  test("is stale when a new object would differ from the approved one", () => {
    const now = but({ 9: onServer(9, { ...http, name: "made", headers: { A: "1" } }, { marker: "shop/made" }) });
    const other = desiredOf(...desired.entities.values(), declare("made", { ...http, headers: { A: "2" } }));
    const { moved } = compareWithApproved(approved, plan(now, { ...other, moves: desired.moves }), other);
    expect(moved).toEqual([{ key: "monitor/made", why: { type: "other-field", path: "/headers/A" } }]);
  });

  test("is for its server and its project", () => {
    const now = plan(observed);
    const elsewhere = { ...now, project: "other", server: { ...now.server, url: "http://other" } };
    expect(compareWithApproved(approved, elsewhere, desired)).toEqual({
      state: "stale",
      moved: [{ why: { type: "project", project: "shop" } }, { why: { type: "server", url: "http://127.0.0.1:3001" } }],
    });
  });

  test("any subset of its steps and changes counts as the rest of it", () => {
    fc.assert(
      fc.property(fc.subarray([...approved.steps]), fc.func(fc.boolean()), (steps, isLeft) => {
        const part = steps.map((step): Step => {
          if (!("changes" in step) || step.action === "create") return step;
          return { ...step, changes: step.changes.filter(({ path }) => isLeft(path)) };
        });
        expect(compareWithApproved(approved, { ...approved, steps: part }, desired).state).not.toBe("stale");
      }),
    );
  });
});
