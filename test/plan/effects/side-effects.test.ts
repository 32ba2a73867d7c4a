/** What steps do to objects of others: shown, counted, and refused without a flag. */
import { describe, expect, test } from "vitest";
import type { KindName } from "../../../src/model/entity.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { declare, desiredOf, observedOf, onServer, planOf } from "../builder.ts";

const http = { type: "http", url: "http://x", interval: 60, active: true };
const group = { type: "group", interval: 60, active: true };
const web = declare("web", http);
const webThere = onServer(1, { name: "web", ...http }, { marker: "shop/web" });

function codes({ blockers }: Plan): string[] {
  return blockers.map(({ code }) => code);
}

function effects({ steps }: Plan): string[] {
  return steps.flatMap(({ key, sideEffects = [] }) =>
    sideEffects.map(({ type, name, owner }) => `${key} ${type} ${name}${owner === undefined ? "" : ` of ${owner}`}`),
  );
}

describe("deleting what others use", () => {
  const linked: Readonly<Partial<Record<KindName, string>>> = {
    notification: "notifications",
    "docker-host": "dockerHost",
  };

  test.each(Object.entries(linked) as [KindName, string][])(
    "%s: refused with who uses it, unless a flag says so",
    (kind, field) => {
      const reference = field === "notifications" ? [{ id: 5 }] : { id: 5 };
      const observed = observedOf(
        webThere,
        onServer(5, { name: "Old" }, { kind, marker: "shop/old" }),
        onServer(2, { name: "hand", ...http, [field]: reference }),
        onServer(3, { name: "theirs", ...http, [field]: reference }, { marker: "other/t" }),
        onServer(4, { name: "no user", ...http }),
      );
      const plan = planOf(desiredOf(web), observed, { allowDeletes: 9 });
      expect(codes(plan)).toEqual(["KS4025"]);
      expect(plan.blockers[0]?.message).toContain(
        '2 objects outside this configuration use it: "hand" (id 2), "theirs" (id 3, other/t)',
      );
      expect(plan.blockers[0]?.waysOn.join()).toContain("--allow-shared-changes");
      expect(effects(plan)).toEqual([`${kind}/old link hand`, `${kind}/old link theirs of other/t`]);
      const allowed = planOf(desiredOf(web), observed, { allowDeletes: 9, allowSharedChanges: true });
      expect(codes(allowed)).toEqual([]);
      expect(effects(allowed)).toEqual(effects(plan));
    },
  );

  test("a deleted entry page is reported as the entry page", () => {
    const observed = observedOf(webThere, onServer(1, { name: "server", entryPage: "old" }, { kind: "settings" }), {
      ...onServer(5, { name: "Old", slug: "old" }, { kind: "status-page", marker: "shop/old" }),
      name: "old",
    });
    const [blocker] = planOf(desiredOf(web), observed, { allowDeletes: 9 }).blockers;
    expect(blocker?.message).toMatch(/uses it: the server's settings \(entryPage\)$/u);
  });

  test("destroy suggests only what is possible then", () => {
    const g = onServer(6, { name: "G", ...group }, { marker: "shop/g" });
    const observed = observedOf(
      onServer(5, { name: "Old" }, { kind: "notification", marker: "shop/old" }),
      onServer(2, { name: "hand", ...http, notifications: [{ id: 5 }], parent: { id: 6 } }),
      g,
    );
    const plan = planOf(desiredOf(), observed, {
      asksDeletes: true,
      allowBulk: true,
      allowEmpty: true,
      destroys: true,
    });
    expect(codes(plan).toSorted()).toEqual(["KS4008", "KS4025"]);
    const ways = plan.blockers.flatMap(({ waysOn }) => waysOn).join("\n");
    expect(ways).toContain("--allow-shared-changes");
    expect(ways).not.toMatch(/--no-deletes|put .* back|keep .* in the configuration/u);
  });

  test("a monitor that is deleted too, or that the plan changes, does not count as a user", () => {
    const observed = observedOf(
      onServer(1, { name: "web", ...http, notifications: [{ id: 5 }] }, { marker: "shop/web" }),
      onServer(2, { name: "b", ...http, notifications: [{ id: 5 }] }, { marker: "shop/b" }),
      onServer(5, { name: "Old" }, { kind: "notification", marker: "shop/old" }),
    );
    const plan = planOf(desiredOf(declare("web", { ...http, notifications: [] })), observed, {
      allowDeletes: 9,
      notRenamed: true,
    });
    expect([codes(plan), effects(plan)]).toEqual([[], []]);
  });

  test("our monitors that refer to it by name are refused, with or without the flag", () => {
    const observed = observedOf(
      onServer(1, { name: "web", ...http, notifications: [{ id: 5 }] }, { marker: "shop/web" }),
      onServer(5, { name: "Old" }, { kind: "notification", marker: "shop/old" }),
    );
    const desired = desiredOf(declare("web", { ...http, notifications: [{ name: "Old" }] }));
    const plan = planOf(desired, observed, { allowDeletes: 9, allowSharedChanges: true });
    expect(codes(plan)).toEqual(["KS4026"]);
    expect(effects(plan)).toEqual(["notification/old link web of shop/web"]);
  });

  test("a monitor on a page made by hand", () => {
    const shown = {
      ...onServer(9, { name: "main", slug: "main" }, { kind: "status-page" }),
      references: [{ at: "/groups/0/monitors/0/monitor", kind: "monitor", to: { id: 2 } } as const],
    };
    const observed = observedOf(webThere, onServer(2, { name: "b", ...http }, { marker: "shop/b" }), shown);
    const plan = planOf(desiredOf(web), observed, { allowDeletes: 9, notRenamed: true });
    expect(codes(plan)).toEqual(["KS4025"]);
    expect(plan.blockers[0]?.message).toContain('status-page "main" (id 9)');
  });
});

describe("a group with children of others", () => {
  const child = onServer(3, { name: "by hand", ...http, parent: { id: 2 } });
  const ours = onServer(4, { name: "a", ...http, parent: { id: 2 } }, { marker: "shop/a" });
  const there = observedOf(onServer(2, { name: "g", ...group }, { marker: "shop/g" }), child, ours);
  const a = declare("a", { ...http, parent: "monitor/g" });

  test("that changes its type moves them to the top level", () => {
    const desired = desiredOf(declare("g", http), declare("a", { ...http, parent: null }));
    const plan = planOf(desired, there);
    expect(codes(plan)).toEqual(["KS4008"]);
    expect(effects(plan)).toEqual(["monitor/g top-level by hand"]);
    expect(codes(planOf(desired, there, { allowSharedChanges: true }))).toEqual([]);
  });

  test("that is adopted as another type moves them too", () => {
    const observed = observedOf(onServer(2, { name: "g", ...group }), child);
    const plan = planOf(desiredOf(declare("g", http)), observed, { adopt: true });
    expect([codes(plan), effects(plan)]).toEqual([["KS4008"], ["monitor/g top-level by hand"]]);
  });

  test("that is paused shows them as paused, nested ones too; the checks are counted", () => {
    const deeper = onServer(5, { name: "deeper", ...http, parent: { id: 6 } });
    const inner = onServer(6, { name: "inner", ...group, parent: { id: 2 } });
    const desired = desiredOf(declare("g", { ...group, active: false }), a);
    const plan = planOf(desired, observedOf(...there.entities, inner, deeper));
    expect(effects(plan)).toEqual([
      "monitor/g paused by hand",
      "monitor/g paused a of shop/a",
      "monitor/g paused inner",
      "monitor/g paused deeper",
    ]);
    expect(plan.blockers.map(({ code, message }) => [code, message.includes('"a"')])).toEqual([["KS4008", false]]);
    expect(plan.impact.checksPerMinute).toEqual({ before: 2, after: 0 });
    expect(plan.impact.coverage).toContainEqual({ key: "monitor/a", loss: "paused-group" });
  });

  test("that is paused over our own is not refused, and not counted a second time", () => {
    const observed = observedOf(onServer(2, { name: "g", ...group }, { marker: "shop/g" }), ours);
    const desired = desiredOf(declare("g", { ...group, active: false }), a);
    const plan = planOf(desired, observed);
    expect([codes(plan), plan.impact.checksPerMinute]).toEqual([[], { before: 2, after: 0 }]);
    const paused = observedOf(onServer(2, { name: "g", ...group, active: false }, { marker: "shop/g" }), ours);
    expect(planOf(desired, paused).impact.checksPerMinute).toEqual({ before: 0, after: 0 });
  });
});
