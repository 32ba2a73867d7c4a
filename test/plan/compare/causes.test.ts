/** Why things differ: the ledger of one apply, read by the next plan. */
import { describe, expect, test } from "vitest";
import type { DesiredEntity, EntityKey } from "../../../src/model/entity.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { emptyLedger, type Ledger } from "../../../src/model/ledger.ts";
import type { Cause } from "../../../src/model/plan.ts";
import { fingerprint } from "../../../src/ledger/fingerprint.ts";
import { nextLedger } from "../../../src/ledger/next-ledger.ts";
import { declare, desiredOf, observedOf, onServer, planOf, withLedger, withMoves } from "../builder.ts";

function applied(
  entities: readonly DesiredEntity[],
  before: Ledger = emptyLedger,
  keys = entities.map(({ key }) => key),
): Ledger {
  return nextLedger({
    before,
    declared: desiredOf(...entities).entities,
    ids: new Map(entities.map(({ key }, index) => [key, index + 1])),
    applied: new Set(keys),
    gone: new Set(),
  });
}

function causes(now: DesiredEntity, there: JsonObject, ledger: Ledger): Record<string, Cause | undefined> {
  const observed = withLedger(observedOf(onServer(1, { name: "api", ...there }, { marker: "shop/api" })), ledger);
  const [step] = planOf(desiredOf(now), observed).steps;
  const changes = step !== undefined && "changes" in step ? step.changes : [];
  return Object.fromEntries(changes.map(({ path, cause }) => [path, cause]));
}

const api = (value: Json, more: Parameters<typeof declare>[2] = {}): DesiredEntity =>
  declare("api", { type: "http", value }, more);

describe("the cause of a change", () => {
  const ledger = applied([api(1)]);

  test.each([
    ["the file changed", 2, 1, "file"],
    ["somebody changed it on the server", 1, 2, "server"],
    ["both changed", 3, 2, "both"],
  ] as const)("%s", (_title, file, server, cause) => {
    expect(causes(api(file), { type: "http", value: server }, ledger)).toEqual({ "/value": cause });
  });

  test("the fingerprint of the whole field decides for places inside it", () => {
    const before = applied([api({ a: 1, b: 1 })]);
    expect(causes(api({ a: 2, b: 1 }), { type: "http", value: { a: 1, b: 9 } }, before)).toEqual({
      "/value/a": "both",
      "/value/b": "both",
    });
  });

  test("a changed default has the cause default, and a value removed from the file has the cause file", () => {
    const defaulted = { defaulted: ["/value"] };
    const old = applied([api(1, defaulted)]);
    expect(causes(api(5, defaulted), { type: "http", value: 1 }, old)).toEqual({ "/value": "default" });
    expect(causes(api(5), { type: "http", value: 1 }, old)).toEqual({ "/value": "file" });
    const written = applied([api(2), declare("other", { type: "http", value: 1 }, defaulted)]);
    expect(causes(api(1, defaulted), { type: "http", value: 2 }, written)).toEqual({ "/value": "file" });
  });

  test("a new type knows the causes of its common fields", () => {
    const now = declare("api", { type: "keyword", value: 1, keyword: "x" });
    expect(causes(now, { type: "http", value: 2 }, ledger)).toEqual({
      "/type": "file",
      "/value": "server",
      "/keyword": undefined,
    });
  });

  test("nothing is known about secrets, objects without an entry, and objects with another id", () => {
    const sensitive = { sensitive: ["/value/key"] };
    const secret = applied([api({ key: "s" }, sensitive)]);
    expect(causes(api({ key: "t" }, sensitive), { type: "http", value: { key: "s" } }, secret)).toEqual({
      "/value/key": undefined,
    });
    expect(causes(api(2), { type: "http", value: 1 }, emptyLedger)).toEqual({ "/value": undefined });
    const other = new Map([...ledger.entries].map(([key, entry]) => [key, { ...entry, id: 99 }]));
    expect(causes(api(2), { type: "http", value: 1 }, { ...ledger, entries: other })).toEqual({ "/value": undefined });
  });

  test("a moved object is known by its old key", () => {
    const observed = withLedger(
      observedOf(onServer(1, { name: "api", type: "http", value: 2 }, { marker: "shop/api" })),
      ledger,
    );
    const desired = withMoves(desiredOf(declare("new", { type: "http", value: 1 })), ["monitor/api", "monitor/new"]);
    expect(planOf(desired, observed).steps).toMatchObject([
      {
        action: "move",
        changes: [
          { path: "/name", cause: "file" },
          { path: "/value", cause: "server" },
        ],
      },
    ]);
  });

  test("the plan says why causes are unknown", () => {
    const there = observedOf(onServer(1, { name: "api", type: "http", value: 1 }, { marker: "shop/api" }));
    expect(planOf(desiredOf(api(1)), there).ledgerNote).toContain("no ledger");
    expect(planOf(desiredOf(api(1)), observedOf()).ledgerNote).toBeUndefined();
    const unreadable = { ...there, ledger: { state: "unreadable", reason: "not JSON" } as const };
    expect(planOf(desiredOf(api(1)), unreadable).ledgerNote).toContain("not JSON");
  });
});

describe("the next ledger", () => {
  const defaulted = { defaulted: ["/value"] };
  const plain = (key: string, value: Json): DesiredEntity => declare(key, { type: "http", value }, defaulted);

  test("leaves out what has its default", () => {
    const { entries, defaults } = applied([plain("a", 1), declare("b", { type: "http", value: 2 })]);
    expect(entries.get("monitor/a")?.fields).toEqual({ name: fingerprint("a") });
    expect(entries.get("monitor/b")?.fields).toEqual({ name: fingerprint("b"), value: fingerprint(2) });
    expect(defaults.get("monitor:http")).toEqual({ type: fingerprint("http"), value: fingerprint(1) });
  });

  test("keeps what was not applied, under new defaults too", () => {
    const before = applied([plain("a", 1), plain("b", 1)]);
    const after = applied([plain("a", 5), plain("b", 5)], before, ["monitor/b"]);
    expect(after.entries.get("monitor/a")?.fields["value"]).toBe(fingerprint(1));
    expect(after.entries.get("monitor/b")?.fields["value"]).toBeUndefined();
    expect(after.defaults.get("monitor:http")?.["value"]).toBe(fingerprint(5));
  });

  test("a secret in place of a default does not count as the default", () => {
    const secret = declare("b", { type: "http", value: "s" }, { sensitive: ["/value"] });
    const { entries } = applied([plain("a", 1), secret]);
    expect(entries.get("monitor/b")?.fields["value"]).toBe("");
  });

  test("drops entries of deleted, renamed and undeclared shared objects, and keeps retired ones", () => {
    const tag = declare("t", {}, { kind: "tag" });
    const before = applied([plain("old", 1), plain("gone", 1), plain("retired", 1), tag]);
    const after = nextLedger({
      before,
      declared: desiredOf(plain("new", 1)).entities,
      ids: new Map<EntityKey, number>([["monitor/new", 1]]),
      applied: new Set<EntityKey>(["monitor/new"]),
      gone: new Set<EntityKey>(["monitor/gone"]),
    });
    expect([...after.entries.keys()]).toEqual(["monitor/new", "monitor/retired"]);
    expect([...after.defaults.keys()]).toEqual(["monitor:http"]);
  });

  test("keeps the intents that were not fulfilled", () => {
    const intents = (["monitor/a", "monitor/b", "monitor/undeclared"] as const).map((key) => ({
      key,
      name: key,
      after: 0,
    }));
    const after = applied([plain("a", 1), plain("b", 1)], { ...emptyLedger, intents }, ["monitor/a"]);
    expect(after.intents.map(({ key }) => key)).toEqual(["monitor/b"]);
  });
});

const hook = (key: string): DesiredEntity => declare(key, { type: "slack", value: 1 }, { kind: "notification" });
const there = (key: string, id: number): ReturnType<typeof onServer> =>
  onServer(id, { name: key, type: "slack", value: 1 }, { kind: "notification", marker: `shop/${key}` });
const linked = (...keys: readonly string[]): DesiredEntity =>
  declare("api", { type: "http", notifications: keys.map((key) => `notification/${key}`) });
const causesOf = (...input: Parameters<typeof planOf>): readonly (Cause | undefined)[] =>
  planOf(...input)
    .steps.filter(({ key }) => key === "monitor/api")
    .flatMap((step) => ("changes" in step ? step.changes : []))
    .map(({ cause }) => cause);

describe("changes whose cause is not the server", () => {
  test("a moved object, when the object that refers to it was edited too", () => {
    const ledger = applied([linked("old"), hook("old"), hook("more")]);
    const observed = withLedger(
      observedOf(
        onServer(1, { name: "api", type: "http", notifications: [{ id: 2 }] }, { marker: "shop/api" }),
        there("old", 2),
        there("more", 3),
      ),
      ledger,
    );
    const desired = withMoves(desiredOf(linked("new", "more"), hook("new"), hook("more")), [
      "notification/old",
      "notification/new",
    ]);
    expect(causesOf(desired, observed)).toEqual(["file"]);
    // The server is still seen where it did change.
    const changed = observed.entities.map((entity) =>
      entity.id === 1 ? onServer(1, { name: "api", type: "http", notifications: [] }, { marker: "shop/api" }) : entity,
    );
    expect(causesOf(desired, { ...observed, entities: changed })).toEqual(["both"]);
  });

  test("an adopted object, when the object that refers to it was edited too", () => {
    const byName = declare("api", { type: "http", notifications: [{ name: "hand" }] });
    const ledger = applied([byName]);
    const observed = withLedger(
      observedOf(
        onServer(1, { name: "api", type: "http", notifications: [{ id: 2 }] }, { marker: "shop/api" }),
        onServer(2, { name: "hand", type: "slack", value: 1 }, { kind: "notification" }),
      ),
      ledger,
    );
    const desired = desiredOf(linked("hand", "more"), hook("hand"), hook("more"));
    expect(causesOf(desired, observed, { adopt: true })).toEqual(["file"]);
  });

  test("a write by kuma-sync that failed halfway", () => {
    const before = applied([api(1)]);
    const ledger = nextLedger({
      before,
      declared: desiredOf(api(2)).entities,
      ids: new Map<EntityKey, number>([["monitor/api", 1]]),
      applied: new Set(),
      gone: new Set(),
      unfinished: new Set<EntityKey>(["monitor/api"]),
    });
    expect(causes(api(2), { type: "http", value: 9 }, ledger)).toEqual({ "/value": "unfinished" });
    expect(causes(api(2), { type: "http", value: 1 }, ledger)).toEqual({ "/value": "file" });
    expect(causes(api(1), { type: "http", value: 9 }, applied([api(1)], ledger))).toEqual({ "/value": "server" });
  });
});
