/** Binding and removal, case by case: world in, steps and blockers out. */
import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../../src/model/ledger.ts";
import {
  declare,
  desiredOf,
  observedOf,
  onServer,
  planOf,
  planText,
  withLedger,
  withMoves,
  withPolicy,
  type PlanRow,
} from "./builder.ts";

const http = { type: "http", url: "http://a", active: true };
const host = { address: "tcp://a:1" };

function entry(id: number, more: Partial<LedgerEntry> = {}): LedgerEntry {
  return { id, variant: "monitor:http", onRemove: "delete", fields: {}, ...more };
}

const moves: readonly PlanRow[] = [
  {
    title: "a moved object keeps its history under the new key",
    desired: withMoves(desiredOf(declare("b", http)), ["monitor/a", "monitor/b"]),
    observed: observedOf(onServer(1, { ...http, name: "b" }, { marker: "shop/a" })),
    plan: "move monitor/b",
  },
  {
    title: "a chain of moves is walked to its end on a server that missed the middle",
    desired: withMoves(desiredOf(declare("c", http)), ["monitor/b", "monitor/c"], ["monitor/a", "monitor/b"]),
    observed: observedOf(onServer(1, { ...http, name: "a" }, { marker: "shop/a" })),
    plan: `move monitor/c
    /name "a" -> "c"`,
  },
  {
    title: "moves that are done are silent",
    desired: withMoves(desiredOf(declare("c", http)), ["monitor/a", "monitor/b"], ["monitor/b", "monitor/c"]),
    observed: observedOf(onServer(1, { ...http, name: "c" }, { marker: "shop/c" })),
    plan: "",
  },
  {
    title: "children refer to a moved group by its new key",
    desired: withMoves(
      desiredOf(declare("new", { type: "group", parent: null }), declare("api", { ...http, parent: "monitor/new" })),
      ["monitor/old", "monitor/new"],
    ),
    observed: observedOf(
      onServer(1, { type: "group", name: "new", parent: null }, { marker: "shop/old" }),
      onServer(2, { ...http, name: "api", parent: { id: 1 } }, { marker: "shop/api" }),
    ),
    plan: "move monitor/new",
  },
  {
    title: "two objects cannot become one, and neither is removed",
    desired: withMoves(desiredOf(declare("b", http)), ["monitor/a", "monitor/b"]),
    observed: observedOf(
      onServer(1, { ...http, name: "a" }, { marker: "shop/a" }),
      onServer(2, { ...http, name: "b" }, { marker: "shop/b" }),
    ),
    plan: "KS4015: monitor/b is to be the object of monitor/b and of monitor/a, and the server has 2 objects",
  },
  {
    title: "one object cannot become two",
    desired: withMoves(
      desiredOf(declare("b", http), declare("c", { ...http, url: "http://c" })),
      ["monitor/a", "monitor/b"],
      ["monitor/a", "monitor/c"],
    ),
    observed: observedOf(onServer(1, { ...http, name: "b" }, { marker: "shop/a" })),
    plan: `move monitor/b
create monitor/c
    /name · -> "c"
    /type · -> "http"
    /url · -> "http://c"
    /active · -> true
KS4015: monitor/a is moved to monitor/b and to monitor/c, and is one object`,
  },
  {
    title: "what is moved away cannot be declared too",
    desired: withMoves(desiredOf(declare("a", http), declare("b", http)), ["monitor/a", "monitor/b"]),
    observed: observedOf(
      onServer(1, { ...http, name: "a" }, { marker: "shop/a" }),
      onServer(2, { ...http, name: "b" }, { marker: "shop/b" }),
    ),
    plan: "KS4015: monitor/a is moved to monitor/b, and is declared too",
  },
  {
    title: "a kind without markers is known by its natural key under any key of ours",
    desired: desiredOf(declare("new", { ...host, name: "Local" }, { kind: "docker-host" })),
    observed: observedOf(onServer(1, { ...host, name: "Local" }, { kind: "docker-host", marker: "shop/old" })),
    plan: "move docker-host/new",
  },
];

const adoptions: readonly PlanRow[] = [
  {
    title: "adopt: by id, whatever it is called",
    desired: desiredOf(declare("api", http, { lifecycle: { adopt: { id: 7 } } })),
    observed: observedOf(onServer(7, { ...http, name: "By hand" })),
    plan: `adopt monitor/api
    /name "By hand" -> "api"`,
  },
  {
    title: "adopt: by a name that is unique",
    desired: desiredOf(declare("api", http, { lifecycle: { adopt: { name: "By hand" } } })),
    observed: observedOf(
      onServer(7, { ...http, name: "By hand" }),
      onServer(8, { ...http, name: "By hand" }, { marker: "other/x" }),
    ),
    plan: `adopt monitor/api
    /name "By hand" -> "api"`,
  },
  {
    title: "adopt: by a name that two have is refused, with the ids",
    desired: desiredOf(declare("api", { type: "http" }, { lifecycle: { adopt: { name: "By hand" } } })),
    observed: observedOf(onServer(7, { ...http, name: "By hand" }), onServer(8, { ...http, name: "By hand" })),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
KS4012: monitor/api is to adopt a monitor named "By hand", and the server has 2: id 7 (http://a), id 8 (http://a)`,
  },
  {
    title: "adopt: what is not there is refused",
    desired: desiredOf(declare("api", { type: "http" }, { lifecycle: { adopt: { id: 9 } } })),
    observed: observedOf(onServer(9, { name: "tag" }, { kind: "tag" })),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
KS4012: monitor/api is to adopt a monitor with the id 9, and the server has none`,
  },
  {
    title: "adopt: that is done is silent, whatever the name says now",
    desired: desiredOf(declare("api", http, { lifecycle: { adopt: { name: "By hand" } } })),
    observed: observedOf(onServer(7, { ...http, name: "api" }, { marker: "shop/api" })),
    plan: "",
  },
  {
    title: "adopt: of another project's object is refused",
    desired: desiredOf(declare("api", { type: "http" }, { lifecycle: { adopt: { id: 7 } } })),
    observed: observedOf(onServer(7, { ...http, name: "x" }, { marker: "other/x" })),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
KS4010: monitor/api: the monitor with the id 7 belongs to project other (as other/x)`,
  },
  {
    title: "--takeover takes it from that project",
    desired: desiredOf(declare("api", http, { lifecycle: { adopt: { id: 7 } } })),
    observed: observedOf(onServer(7, { ...http, name: "api" }, { marker: "other/x" })),
    options: { takeover: true },
    plan: "take-over monitor/api",
  },
  {
    title: "a natural key of another project's ledger is refused",
    desired: desiredOf(declare("local", { ...host, name: "Local" }, { kind: "docker-host" })),
    observed: observedOf(onServer(3, { ...host, name: "Local" }, { kind: "docker-host", marker: "other/d" })),
    plan: `create docker-host/local
    /name · -> "Local"
    /address · -> "tcp://a:1"
KS4010: docker-host/local: the docker-host with the id 3 belongs to project other (as other/d)`,
  },
  {
    title: "a create that was cut short is finished by its intent, changed since or not",
    desired: desiredOf(declare("api", { ...http, url: "http://new", name: "New" })),
    observed: withLedger(observedOf(onServer(4, { ...http, name: "Old" }), onServer(6, { ...http, name: "Old" })), {
      intents: [{ key: "monitor/api", name: "Old", after: 5 }],
    }),
    plan: `adopt monitor/api
    /name "Old" -> "New"
    /url "http://a" -> "http://new"`,
  },
  {
    title: "an intent does not choose between two",
    desired: desiredOf(declare("api", { ...http, url: "http://new" })),
    observed: withLedger(observedOf(onServer(6, { ...http, name: "api" }), onServer(7, { ...http, name: "api" })), {
      intents: [{ key: "monitor/api", name: "api", after: 5 }],
    }),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
    /url · -> "http://new"
    /active · -> true
KS4003: monitor/api: 2 unmanaged objects on the server have this name: id 6 (http://a), id 7 (http://a)`,
  },
];

const removals: readonly PlanRow[] = [
  {
    title: "protection does not go with the block that asked for it",
    desired: desiredOf(declare("api", http)),
    observed: withLedger(
      observedOf(
        onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
        onServer(2, { ...http, name: "vault" }, { marker: "shop/vault#protected" }),
      ),
      { entries: new Map([["monitor/vault", entry(2, { onRemove: "release" })]]) },
    ),
    options: { allowDeletes: 9, allowEmpty: true, allowBulk: true },
    plan: "KS4002: monitor/vault is protected, and is no longer declared",
  },
  {
    title: "protection is lifted by one apply with protect: false",
    desired: desiredOf(declare("vault", http), declare("api", http, { lifecycle: { isProtected: true } })),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...http, name: "vault" }, { marker: "shop/vault#protected" }),
    ),
    plan: `update monitor/vault
    /protect true -> false
update monitor/api
    /protect false -> true`,
  },
  {
    title: "what an entity said itself outranks the policy, and only monitors are paused",
    desired: withPolicy(desiredOf(declare("api", http, { lifecycle: { onRemove: "pause" } })), { onRemove: "pause" }),
    observed: withLedger(
      observedOf(
        onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
        onServer(2, { ...http, name: "a" }, { marker: "shop/a" }),
        onServer(3, { ...http, name: "b" }, { marker: "shop/b" }),
        onServer(4, { name: "n" }, { kind: "notification", marker: "shop/n" }),
      ),
      { entries: new Map([["monitor/b", entry(3, { onRemove: "release", isOwnRemoval: true })]]) },
    ),
    plan: `retire monitor/a
release monitor/b
delete notification/n
KS4001: 1 object would be deleted`,
  },
  {
    title: "what is retired stays so, unless somebody let it run again",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...http, name: "a", active: false }, { marker: "shop/a#retired" }),
      onServer(3, { ...http, name: "b" }, { marker: "shop/b#retired" }),
    ),
    plan: "retire monitor/b",
  },
  {
    title: "a retired object is taken up again when its key comes back",
    desired: desiredOf(declare("api", { ...http, active: false })),
    observed: observedOf(onServer(1, { ...http, name: "api", active: false }, { marker: "shop/api#retired" })),
    plan: `update monitor/api
    /retired true -> false`,
  },
  {
    title: "a group is not paused over children that stay",
    desired: desiredOf(declare("api", http)),
    observed: withLedger(
      observedOf(
        onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
        onServer(2, { type: "group", name: "old", active: true }, { marker: "shop/old" }),
        onServer(3, { ...http, name: "by hand", parent: { id: 2 } }),
      ),
      { entries: new Map([["monitor/old", entry(2, { onRemove: "pause" })]]) },
    ),
    plan: `retire monitor/old
KS4008: monitor/old is a group that would be paused over children that this project does not move: "by hand" (id 3)`,
  },
  {
    title: "--no-deletes leaves everything as it is, protected or not",
    desired: desiredOf(declare("api", http)),
    observed: observedOf(
      onServer(1, { ...http, name: "api" }, { marker: "shop/api" }),
      onServer(2, { ...http, name: "a" }, { marker: "shop/a" }),
      onServer(3, { ...http, name: "vault" }, { marker: "shop/vault#protected" }),
    ),
    options: { keepsRemoved: true },
    plan: "",
  },
];

const ignored: readonly PlanRow[] = [
  {
    title: "ignored places are written at the creation",
    desired: desiredOf(declare("api", { ...http, interval: 60 }, { lifecycle: { ignoreChanges: ["/interval"] } })),
    observed: observedOf(),
    plan: `create monitor/api
    /name · -> "api"
    /type · -> "http"
    /url · -> "http://a"
    /active · -> true
    /interval · -> 60
    /ignoreChanges · -> ["/interval"]`,
  },
  {
    title: "and left alone from then on, also deep inside and where one side has none",
    desired: desiredOf(
      declare(
        "api",
        { ...http, interval: 60, headers: { A: "1", B: "1" }, body: { only: 1 }, notifications: [{ name: "gone" }] },
        { lifecycle: { ignoreChanges: ["/interval", "/headers/A", "/body/only", "/notifications"] } },
      ),
    ),
    observed: observedOf(
      onServer(
        1,
        { ...http, name: "api", interval: 20, headers: { B: "2" }, body: null, notifications: [{ id: 4 }] },
        { marker: "shop/api" },
      ),
    ),
    plan: `update monitor/api
    /headers/B "2" -> "1"`,
  },
];

describe.each([
  ["moves", moves],
  ["adoption", adoptions],
  ["removal", removals],
  ["ignoreChanges", ignored],
] as const)("%s", (_part, rows) => {
  test.each(rows)("$title", ({ desired, observed, options, plan }) => {
    expect(planText(planOf(desired, observed, options))).toBe(plan);
  });
});

describe("what is left alone", () => {
  test("is counted: retired, protected, and kept by --no-deletes", () => {
    const observed = observedOf(
      onServer(2, { ...http, name: "a", active: false }, { marker: "shop/a#retired" }),
      onServer(3, { ...http, name: "vault" }, { marker: "shop/vault#protected" }),
      onServer(4, { ...http, name: "b" }, { marker: "shop/b" }),
    );
    expect(planOf(desiredOf(), observed).summary).toMatchObject({ delete: 1, kept: 2 });
    expect(planOf(desiredOf(), observed, { keepsRemoved: true }).summary).toMatchObject({ delete: 0, kept: 3 });
  });
});

describe("no perpetual difference", () => {
  test.each([
    [null, []],
    [{}, []],
    [{ A: "9" }, []],
    [{ A: "9", B: "1" }, ["/headers/B"]],
    [{ B: "1" }, ["/headers/B"]],
  ] as const)("an ignored place inside %j settles after one apply", (headers, paths) => {
    const plan = planOf(
      desiredOf(declare("api", { ...http, headers: { A: "1" } }, { lifecycle: { ignoreChanges: ["/headers/A"] } })),
      observedOf(onServer(1, { ...http, name: "api", headers }, { marker: "shop/api" })),
    );
    const changes = plan.steps.flatMap((step) => ("changes" in step ? step.changes : []));
    expect(changes.map(({ path }) => path)).toEqual(paths);
  });
});

describe("a rename is not a delete", () => {
  const before = { ...http, name: "Old name", url: "http://same" };
  const observed = observedOf(onServer(1, before, { marker: "shop/old" }));

  test("of the name alone: an update", () => {
    const plan = planOf(desiredOf(declare("old", { ...before, name: "New name" })), observed);
    expect(plan.summary).toMatchObject({ update: 1, delete: 0 });
  });

  test("of the group and of the file: no delete either", () => {
    const at = { file: "other.yaml", line: 1, column: 1, endLine: 1, endColumn: 1 };
    const plan = planOf(
      desiredOf({ ...declare("old", { ...before, parent: "monitor/g" }), at }, declare("g", {})),
      observed,
    );
    expect(plan.summary).toMatchObject({ delete: 0 });
  });

  test("of the key: refused, with the lines to paste, which make it a move", () => {
    const renamed = desiredOf(declare("new", { ...before, name: "New name" }));
    const { blockers } = planOf(renamed, observed, { allowDeletes: 1, allowBulk: true });
    expect(blockers).toMatchObject([{ code: "KS4009", keys: ["monitor/old", "monitor/new"] }]);
    expect(blockers[0]?.waysOn[0]).toContain("moved: [{ from: monitor/old, to: monitor/new }]");
    expect(planOf(withMoves(renamed, ["monitor/old", "monitor/new"]), observed)).toMatchObject({
      blockers: [],
      summary: { move: 1, create: 0, delete: 0 },
    });
    expect(planOf(renamed, observed, { allowDeletes: 1, notRenamed: true }).blockers).toEqual([]);
  });
});

describe("two objects of one name", () => {
  const group = { type: "group", parent: null };
  const byHand = observedOf(
    onServer(1, { ...group, name: "Edge" }),
    onServer(2, { ...group, name: "Shop" }),
    onServer(3, { ...http, name: "API", url: "http://edge", parent: { id: 1 } }),
    onServer(4, { ...http, name: "API", url: "http://shop", parent: { id: 2 } }),
  );
  const declared = (edge: string, shop: string): Parameters<typeof planOf>[0] =>
    desiredOf(
      declare("shop-api", { ...http, name: "API", url: shop, parent: "monitor/shop", interval: 60 }),
      declare("edge-api", { ...http, name: "API", url: edge, parent: "monitor/edge", interval: 60 }),
      declare("edge", { ...group, name: "Edge", value: 1 }),
      declare("shop", { ...group, name: "Shop", value: 1 }),
    );

  test("are distinguished by group and address, and --adopt adopts each", () => {
    const desired = declared("http://edge", "http://shop");
    const ways = planOf(desired, byHand).blockers.flatMap(({ code, waysOn }) => (code === "KS4003" ? waysOn : []));
    expect(ways).toContain("`adopt: { id: 4 }` in monitor/shop-api does it for this one");
    expect(ways).toContain("`adopt: { id: 3 }` in monitor/edge-api does it for this one");
    const { blockers, steps } = planOf(desired, byHand, { adopt: true });
    expect(blockers).toEqual([]);
    expect(Object.fromEntries(steps.map((step) => [step.key, "id" in step ? step.id : 0]))).toEqual({
      "monitor/edge": 1,
      "monitor/edge-api": 3,
      "monitor/shop": 2,
      "monitor/shop-api": 4,
    });
  });

  test("of which one has the address get different proposals and are not adopted automatically", () => {
    const { blockers } = planOf(declared("http://edge", "http://new"), byHand, { adopt: true });
    const ways = blockers.flatMap(({ waysOn }) => waysOn).filter((way) => way.includes("adopt: {"));
    expect(ways).toEqual(["`adopt: { id: 4 }` in monitor/shop-api does it for this one"]);
  });

  test("that nothing distinguishes get no proposal, only their places", () => {
    const desired = desiredOf(declare("api", { ...http, name: "API", url: "http://c", parent: null, interval: 60 }));
    expect(planOf(desired, byHand).blockers[0]).toMatchObject({
      message:
        'monitor/api: 2 unmanaged objects on the server have this name: id 3 (in "Edge", http://edge), id 4 (in "Shop", http://shop)',
      waysOn: [
        "rename all but the one that is meant on the server, then --adopt",
        "`adopt: { id: N }` in monitor/api, with the id that is meant (3, 4), does it for this one",
        "give monitor/api another name",
      ],
    });
  });
});

describe("a type change", () => {
  test("shows fields with a value on either side, and marks defaults", () => {
    const desired = desiredOf(
      declare(
        "a",
        { type: "push", token: null, proxy: null, list: [], text: "", map: {}, retries: 3, interval: 60 },
        { sensitive: ["/token", "/proxy"], defaulted: ["/retries", "/text"] },
      ),
    );
    const plan = planOf(desired, observedOf(onServer(1, { type: "http", name: "a", url: "x" }, { marker: "shop/a" })));
    expect(planText(plan)).toBe(`update monitor/a
    /type "http" -> "push"
    /retries · -> 3
    /interval · -> 60`);
    expect(plan.steps[0]).toMatchObject({ changes: [{ path: "/type" }, { isDefault: true }, { path: "/interval" }] });
  });

  test("shows the old type even if this version does not know it", () => {
    const { spec: _spec, ...unknown } = onServer(1, { type: "quantum", name: "a" }, { marker: "shop/a" });
    const plan = planOf(desiredOf(declare("a", { type: "group" })), observedOf({ ...unknown, spec: undefined }));
    expect(planText(plan)).toBe(`update monitor/a
    /type "quantum" -> "group"`);
  });
});
