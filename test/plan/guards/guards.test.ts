import { describe, expect, test } from "vitest";
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../../../src/model/entity.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { LedgerEntry } from "../../../src/model/ledger.ts";
import { blockerTitles, type BlockerCode } from "../../../src/model/plan.ts";
import type { PlanOptions } from "../../../src/plan/make-plan.ts";
import { declare, desiredOf, observedOf, onServer, planOf, withLedger, withMoves, withPolicy } from "../builder.ts";

const chat = {
  type: "json-query",
  method: "POST",
  url: "http://w/api/chat/completions",
  interval: 60,
  active: true,
  body: { messages: [{ role: "user", content: "ping" }] },
};

/** `m0` to `m<count - 1>`, each of its own address. */
function declared(count: number, value = 1): DesiredEntity[] {
  return Array.from({ length: count }, (_item, index) =>
    declare(`m${index}`, { type: "http", url: `http://${index}`, value, other: index }),
  );
}

function marked(count: number): ObservedEntity[] {
  return Array.from({ length: count }, (_item, index) =>
    onServer(
      index + 1,
      { name: `m${index}`, type: "http", url: `http://${index}`, value: 1, other: index },
      { marker: `shop/m${index}` },
    ),
  );
}

function codes(desired: Desired, observed: Parameters<typeof planOf>[1], options?: Partial<PlanOptions>): string[] {
  return planOf(desired, observed, { asksDeletes: true, ...options }).blockers.map(({ code }) => code);
}

test("a loop without rows is refused for what it may have made, and --allow-empty allows it", () => {
  const loop = { key: "monitor/m${each:key}", pattern: "^monitor/m.+$", made: [] } as const;
  const kept = declare("other", { type: "http", url: "http://other" });
  const observed = observedOf(...marked(3));
  const desired = { ...desiredOf(kept), loops: [loop] };
  expect(planOf(desired, observed, { asksDeletes: true }).blockers).toMatchObject([
    {
      code: "KS4004",
      keys: ["monitor/m0", "monitor/m1", "monitor/m2"],
      message:
        "the loop monitor/m${each:key} makes nothing any more, so everything that it may have made would be deleted (3)",
    },
  ]);
  expect(codes(desired, observed, { allowEmpty: true })).toEqual([]);
  expect(codes({ ...desired, loops: [{ ...loop, made: [kept.key] }] }, observed)).toEqual([]);
  expect(codes({ ...desired, loops: [{ ...loop, pattern: "^monitor/n.+$" }] }, observed)).toEqual([]);
});

test("moves of a whole loop are one entry", () => {
  const entities = [0, 1, 2].map((index) => declare(`web-m${index}`, { type: "http", url: `http://${index}` }));
  const loop = {
    key: "monitor/web-${each:key}",
    pattern: "^monitor/web-.+$",
    made: entities.map(({ key }) => key),
  } as const;
  const desired = { ...desiredOf(...entities), loops: [loop] };
  expect(planOf(desired, observedOf(...marked(3)), { asksDeletes: true }).blockers).toMatchObject([
    {
      code: "KS4009",
      waysOn: [
        '`moved: [{ from: "monitor/${each:key}", to: "monitor/web-${each:key}" }]` in the configuration keeps the history',
        expect.stringContaining("--not-renamed"),
      ],
    },
  ]);
});

describe("unusually many changes", () => {
  const twenty = observedOf(...marked(20));

  test("more deletes than the policy allows are refused unless --allow-deletes gives their number", () => {
    const desired = withPolicy(desiredOf(...declared(14)), { maxDeletePercent: 100 });
    expect(planOf(desired, twenty, { asksDeletes: true }).blockers).toMatchObject([
      { code: "KS4011", message: "6 objects would be deleted at once, and the limit is 5" },
    ]);
    expect(codes(desired, twenty, { allowBulk: true })).toEqual([]);
    expect(codes(desired, twenty, { allowDeletes: 5, asksDeletes: false })).toEqual(["KS4001", "KS4011"]);
    expect(codes(desired, twenty, { allowDeletes: 6, asksDeletes: false })).toEqual([]);
    expect(codes(withPolicy(desired, { maxDeletes: 6 }), twenty)).toEqual([]);
  });

  test("with ten or more objects, at most a fifth may be deleted", () => {
    const desired = desiredOf(...declared(8));
    const observed = observedOf(...marked(11));
    expect(planOf(desired, observed, { asksDeletes: true }).blockers).toMatchObject([
      { code: "KS4011", message: "3 of 11 managed objects would be deleted at once, and the limit is 20 %" },
    ]);
    expect(codes(withPolicy(desired, { maxDeletePercent: 27 }), observed)).toEqual(["KS4011"]);
    expect(codes(withPolicy(desired, { maxDeletePercent: 28 }), observed)).toEqual([]);
    expect(codes(desiredOf(...declared(6)), observedOf(...marked(9)))).toEqual([]);
  });

  test("consent to 10 deletes of 200 needs no second flag, and allows nothing else", () => {
    const observed = observedOf(...marked(200));
    expect(codes(desiredOf(...declared(190)), observed, { allowDeletes: 10, asksDeletes: false })).toEqual([]);
    const changed = [...declared(70, 2), ...declared(190).slice(70)];
    expect(codes(desiredOf(...changed), observed, { allowDeletes: 10, asksDeletes: false })).toEqual(["KS4011"]);
  });

  test("with ten or more objects, at most three tenths may change; pausing is a change", () => {
    const change = (count: number): Desired => desiredOf(...declared(count, 2), ...declared(20).slice(count));
    expect(codes(change(6), twenty)).toEqual([]);
    expect(planOf(change(7), twenty).blockers).toMatchObject([
      { code: "KS4011", message: "7 of 20 managed objects would change at once, and the limit is 30 %" },
    ]);
    expect(codes(withPolicy(desiredOf(...declared(13)), { onRemove: "pause" }), twenty)).toEqual(["KS4011"]);
    expect(codes(change(7), twenty, { allowBulk: true })).toEqual([]);
    expect(codes(desiredOf(...declared(9, 2)), observedOf(...marked(9)))).toEqual([]);
  });
});

describe("an incomplete list", () => {
  const entries = new Map(
    Array.from({ length: 10 }, (_item, index): [EntityKey, LedgerEntry] => [
      `monitor/m${index}`,
      { id: index + 1, variant: "monitor:http", onRemove: "delete", fields: {} },
    ]),
  );
  const with10 = (there: number): ReturnType<typeof observedOf> =>
    withLedger(observedOf(...marked(there)), { entries });

  test("is refused if more than half of the ledger's objects are missing", () => {
    const desired = desiredOf(...declared(10));
    expect(planOf(desired, with10(4)).blockers).toMatchObject([
      { code: "KS4014", message: "6 of 10 objects that were applied are not on the server" },
    ]);
    expect(codes(desired, with10(0))).toEqual(["KS4014"]);
    expect(codes(desired, with10(5))).toEqual([]);
    expect(codes(desired, with10(4), { allowBulk: true })).toEqual([]);
  });

  test("kinds that were not read do not count", () => {
    expect(codes(desiredOf(declare("n", {}, { kind: "notification" })), with10(0))).toEqual([]);
  });
});

/** What stops the plan that deletes the one and creates the other. */
function replaced(gone: JsonObject, made: JsonObject): string[] {
  return codes(
    desiredOf(declare("new", made)),
    observedOf(onServer(1, { ...gone, name: "old" }, { marker: "shop/old" })),
  );
}

describe("what looks like a rename", () => {
  test("is known by type and address", () => {
    expect(
      replaced({ type: "http", url: "http://a", a: 1, b: 1 }, { type: "http", url: "http://a", a: 2, b: 2 }),
    ).toEqual(["KS4009"]);
    expect(replaced({ type: "http", url: "http://a" }, { type: "http", url: "http://b" })).toEqual([]);
    expect(replaced({ type: "http", url: "http://a" }, { type: "keyword", url: "http://a" })).toEqual([]);
    expect(replaced({ type: "port", hostname: "a", port: 1 }, { type: "port", hostname: "a", port: 2 })).toEqual([]);
  });

  test("or by four fifths of the written fields", () => {
    const fields = { type: "x", a: 1, b: 1, c: 1 };
    expect(replaced(fields, { ...fields })).toEqual(["KS4009"]);
    expect(replaced(fields, { ...fields, c: 2 })).toEqual([]);
    const ours = declare("new", { ...fields, c: 2 }, { defaulted: ["/c"] });
    const observed = observedOf(onServer(1, { ...fields, name: "old" }, { marker: "shop/old" }));
    expect(codes(desiredOf({ ...ours, defaulted: ["/c", "/name"] }), observed)).toEqual(["KS4009"]);
  });

  test("each delete is paired with one create", () => {
    const fields = { type: "http", url: "http://a" };
    const plan = planOf(
      desiredOf(declare("x", fields), declare("y", fields)),
      observedOf(
        onServer(1, { ...fields, name: "a" }, { marker: "shop/a" }),
        onServer(2, { ...fields, name: "b" }, { marker: "shop/b" }),
      ),
      { allowDeletes: 2 },
    );
    expect(plan.blockers[0]?.waysOn[0]).toContain(
      "moved: [{ from: monitor/a, to: monitor/x }, { from: monitor/b, to: monitor/y }]",
    );
  });
});

test("completions beyond the limit are refused, with the number that would do", () => {
  const desired = withPolicy(desiredOf(declare("chat", chat)), { completionsPerDay: 1000 });
  expect(planOf(desired, observedOf()).blockers).toMatchObject([
    {
      code: "KS4013",
      message: "the monitors would ask for 1440 completions a day, and the limit is 1000",
      keys: ["monitor/chat"],
    },
  ]);
  expect(codes(withPolicy(desired, { completionsPerDay: 1440 }), observedOf())).toEqual([]);
});

/** Each refusal, and what its ways on must name: the flag, and the key of the configuration. */
const refusals: Partial<
  Record<BlockerCode, { readonly plan: () => ReturnType<typeof planOf>; readonly ways: readonly string[] }>
> = {
  KS4001: {
    plan: () => planOf(desiredOf(...declared(1)), observedOf(...marked(2))),
    ways: ["--allow-deletes 1", "--no-deletes", "onRemove: pause", "onRemove: release"],
  },
  KS4002: {
    plan: () => planOf(desiredOf(), observedOf(onServer(1, { name: "a" }, { marker: "shop/a#protected" }))),
    ways: ["--no-deletes", "protect: false"],
  },
  KS4003: {
    plan: () =>
      planOf(desiredOf(declare("m0", { type: "b" })), observedOf(onServer(7, { name: "m0", x: 1, type: "a" }))),
    ways: ["--adopt", "adopt: { id: 7 }"],
  },
  KS4004: { plan: () => planOf(desiredOf(), observedOf(...marked(1))), ways: ["--allow-empty", "project:"] },
  KS4009: {
    plan: () => planOf(desiredOf(declare("b", { type: "http", url: "http://0" })), observedOf(...marked(1))),
    ways: ["--not-renamed", "moved: [{ from: monitor/m0, to: monitor/b }]"],
  },
  KS4010: {
    plan: () =>
      planOf(
        desiredOf(declare("a", {}, { lifecycle: { adopt: { id: 1 } } })),
        observedOf(onServer(1, { name: "x" }, { marker: "other/x" })),
      ),
    ways: ["--takeover", "onRemove: release", "adopt:"],
  },
  KS4011: {
    plan: () => planOf(desiredOf(...declared(1)), observedOf(...marked(9))),
    ways: ["--allow-bulk", "policy: { maxDeletes: 8 }", "--allow-deletes 8"],
  },
  KS4012: {
    plan: () => planOf(desiredOf(declare("a", {}, { lifecycle: { adopt: { id: 1 } } })), observedOf()),
    ways: ["adopt:"],
  },
  KS4013: {
    plan: () => planOf(withPolicy(desiredOf(declare("chat", chat)), { completionsPerDay: 1 }), observedOf()),
    ways: ["limits: { completionsPerDay: 1440 }", "interval"],
  },
  KS4014: {
    plan: () =>
      planOf(
        desiredOf(...declared(1)),
        withLedger(observedOf(), {
          entries: new Map(
            declared(10).map(({ key }, id) => [key, { id, variant: "monitor", onRemove: "delete", fields: {} }]),
          ),
        }),
      ),
    ways: ["--allow-bulk"],
  },
  KS4015: {
    plan: () => planOf(withMoves(desiredOf(...declared(2)), ["monitor/m0", "monitor/m1"]), observedOf()),
    ways: ["moved:"],
  },
  KS4016: {
    plan: () =>
      planOf(
        desiredOf(declare("a", { type: "group", parent: { name: "made by hand" } })),
        observedOf(
          onServer(1, { name: "a", type: "group", parent: null }, { marker: "shop/a" }),
          onServer(2, { name: "made by hand", type: "group", parent: { id: 1 } }),
        ),
      ),
    ways: ["another parent", "on the server"],
  },
};

describe("every refusal says what to do", () => {
  test.each(Object.entries(refusals))("%s", (code, { plan, ways }) => {
    const blocker = plan().blockers.find((found) => found.code === code);
    const text = blocker?.waysOn.join("\n");
    for (const way of ways) expect(text).toContain(way);
  });

  test("every code is covered, except those that can only be fixed on the server", () => {
    const onServerAlone: readonly BlockerCode[] = ["KS4005", "KS4006", "KS4007", "KS4008", "KS4017"];
    // In references.test.ts and shared.test.ts.
    const elsewhere: readonly BlockerCode[] = ["KS4024", "KS4025", "KS4026", "KS4027", "KS4028"];
    expect([...Object.keys(refusals), ...onServerAlone, ...elsewhere].toSorted()).toEqual(
      Object.keys(blockerTitles).toSorted(),
    );
  });
});
