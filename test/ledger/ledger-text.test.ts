/** A ledger survives its way into the settings and back, also when a write stops half-way. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kindNames, removalNames, type EntityKey } from "../../src/model/entity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { emptyLedger, type Ledger, type LedgerEntry } from "../../src/model/ledger.ts";
import { decodeLedger, encodeLedger, ledgerProjects } from "../../src/ledger/ledger-text.ts";

const project = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const key = fc
  .tuple(fc.constantFrom(...kindNames), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/))
  .map(([kind, name]): EntityKey => `${kind}/${name}`);
const fingerprints = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 });
const entry: fc.Arbitrary<LedgerEntry> = fc
  .record({
    id: fc.integer({ min: 1 }),
    variant: fc.string(),
    onRemove: fc.constantFrom(...removalNames),
    isOwnRemoval: fc.option(fc.boolean(), { nil: undefined }),
    ignoreChanges: fc.option(fc.array(fc.string()), { nil: undefined }),
    isProtected: fc.boolean(),
    fields: fingerprints,
  })
  .map(({ isProtected, isOwnRemoval, ignoreChanges, ...rest }) => ({
    ...rest,
    ...(isProtected ? { isProtected } : {}),
    ...(isOwnRemoval === undefined ? {} : { isOwnRemoval }),
    ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
  }));
const ledger: fc.Arbitrary<Ledger> = fc.record({
  entries: fc.array(fc.tuple(key, entry), { maxLength: 5 }).map((pairs) => new Map(pairs)),
  defaults: fc.array(fc.tuple(fc.string(), fingerprints), { maxLength: 3 }).map((pairs) => new Map(pairs)),
  intents: fc.array(fc.record({ key, name: fc.string(), after: fc.nat() }), { maxLength: 3 }),
});

/** Text that deflate cannot shorten, as fingerprints are. */
function noise(length: number, seed: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join("");
}

/** As many monitors as a large project has, with fingerprints of the fields that people write. */
function bigLedger(count: number, seed = 0): Ledger {
  const entries = Array.from({ length: count }, (_, index): [EntityKey, LedgerEntry] => {
    const names = ["name", "url", "parent", "notifications", "interval", "maxRetries", "jsonPath", "expectedValue"];
    const fields = Object.fromEntries(names.map((name, field) => [name, noise(8, seed + index * 16 + field)]));
    const id = index + 1;
    return [
      `monitor/region-${index % 9}.service-${index}`,
      { id, variant: "monitor:http", onRemove: "delete", fields },
    ];
  });
  const defaults = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field${index}`, noise(8, index)]));
  return { ...emptyLedger, entries: new Map(entries), defaults: new Map([["monitor:http", defaults]]) };
}

function stored(settings: JsonObject, writes: readonly JsonObject[]): JsonObject {
  return Object.assign({}, settings, ...writes) as JsonObject;
}

function put(settings: JsonObject, value: Ledger, owner = "shop"): JsonObject {
  return stored(settings, encodeLedger(value, settings, owner));
}

const big = [bigLedger(3000, 0), bigLedger(3000, 7), bigLedger(1500, 3)] as const;

describe("a ledger in the settings", () => {
  test("is read back unchanged next to those of other projects, whatever it holds", async () => {
    const several = fc.uniqueArray(fc.tuple(project, ledger), { selector: ([name]) => name, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(several, async (all) => {
        let settings: JsonObject = { serverTimezone: "UTC" };
        for (const [name, value] of all) settings = put(settings, value, name);
        expect(ledgerProjects(settings).toSorted()).toEqual(all.map(([name]) => name).toSorted());
        for (const [name, value] of all) {
          expect(await decodeLedger(settings, name)).toEqual({ state: "known", ledger: value });
        }
        expect(settings["serverTimezone"]).toBe("UTC");
      }),
    );
  });

  test("the keys differ also where case does not count, and fit their column", () => {
    const settings = put(put({}, emptyLedger, "Shop"), big[0], "shop");
    const keys = Object.keys(settings);
    expect(new Set(keys.map((name) => name.toLowerCase())).size).toBe(keys.length);
    expect(ledgerProjects(settings)).toEqual(["Shop", "shop"]);
    expect(Math.max(...Object.keys(put({}, big[0], "X".repeat(90))).map(({ length }) => length))).toBeLessThan(200);
  });

  test("that is there already is not written again", () => {
    fc.assert(
      fc.property(ledger, (value) => {
        expect(encodeLedger(value, put({}, value), "shop")).toEqual([]);
      }),
    );
  });

  test("is absent if there is none", async () => {
    expect(await decodeLedger({ serverTimezone: "UTC" }, "shop")).toEqual({ state: "absent" });
  });
});

describe("a long ledger", () => {
  test("of 5,000 monitors: every value fits MariaDB's column, every message the socket, the settings page still works", async () => {
    const writes = encodeLedger(bigLedger(5000), {}, "shop");
    const values = Object.values(stored({}, writes)).map((value) => Buffer.byteLength(JSON.stringify(value)));
    expect(Math.max(...values)).toBeLessThan(65_535);
    expect(Math.max(...writes.map((call) => Buffer.byteLength(JSON.stringify(call))))).toBeLessThan(900_000);
    const total = Buffer.byteLength(JSON.stringify(stored({}, writes)));
    console.log(`ledger of 5,000 monitors: ${total} bytes in ${values.length} values, ${writes.length} calls`);
    expect(total).toBeLessThan(600_000);
    expect(await decodeLedger(stored({}, writes), "shop")).toMatchObject({ state: "known" });
  });

  // The server stores the keys of one call one by one: every subset of a call's keys may be all that arrived.
  test.each([
    ["long to long", big[0], big[1]],
    ["long to shorter", big[0], big[2]],
    ["long to short", big[0], emptyLedger],
    ["short to long", emptyLedger, big[0]],
    ["nothing to long", undefined, big[0]],
  ] as const)("cut off at any point, %s: the old one or the new one is there", async (_name, before, after) => {
    const start = before === undefined ? {} : put(put({}, big[2]), before);
    const old = await decodeLedger(start, "shop");
    const writes = encodeLedger(after, start, "shop");
    const fresh = await decodeLedger(stored(start, writes), "shop");
    expect(fresh).toEqual({ state: "known", ledger: after });
    for (const [index, call] of writes.entries()) {
      const done = stored(start, writes.slice(0, index));
      const keys = Object.keys(call);
      for (const arrived of [[], keys.slice(0, 1), keys.slice(1), keys]) {
        const partial = Object.fromEntries(arrived.map((name): [string, Json] => [name, call[name] as Json]));
        expect([old, fresh]).toContainEqual(await decodeLedger(stored(done, [partial]), "shop"));
      }
    }
  });

  test("leaves one copy behind", () => {
    const settings = put(put(put({}, big[0]), big[1]), big[2]);
    const size = Buffer.byteLength(JSON.stringify(settings));
    expect(size).toBeLessThan(Buffer.byteLength(JSON.stringify(put({}, big[2]))) + 1000);
  });
});

describe("what is not a ledger of ours", () => {
  test.each([
    ["a text", "x"],
    ["a list", []],
    ["no format", { checksum: "", text: "" }],
    ["no parts", { format: 1, checksum: "", slot: "a" }],
    ["too many parts", { format: 1, checksum: "", slot: "a", parts: 1e9 }],
    ["a wrong checksum", { format: 1, checksum: "0", text: "AAAA" }],
  ])("%s: unreadable, with a reason", async (_name, head) => {
    const state = await decodeLedger({ "kumaSync/shop": head }, "shop");
    expect(state).toMatchObject({ state: "unreadable", reason: expect.stringMatching(/./u) });
    expect(state).not.toHaveProperty("isNewer");
  });

  test("of a newer version is reported and not changed", async () => {
    expect(await decodeLedger({ "kumaSync/shop": { format: 3 } }, "shop")).toMatchObject({ isNewer: true });
  });

  test("a changed byte anywhere: the ledger itself or unreadable, never another ledger", async () => {
    await fc.assert(
      fc.asyncProperty(ledger, fc.nat(), fc.nat({ max: 255 }), async (value, at, byte) => {
        const settings = put({}, value);
        const bytes = Buffer.from(JSON.stringify(settings["kumaSync/shop"]));
        bytes[at % bytes.length] = byte;
        let head: Json;
        try {
          head = JSON.parse(bytes.toString("utf8")) as Json;
        } catch {
          head = bytes.toString("utf8");
        }
        const state = await decodeLedger({ "kumaSync/shop": head }, "shop");
        expect([{ state: "known", ledger: value }, { state: "unreadable" }]).toContainEqual(
          state.state === "unreadable" ? { state: "unreadable" } : state,
        );
      }),
    );
  });

  test("any JSON is read without an exception", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (head) => {
        const { state } = await decodeLedger({ "kumaSync/shop": head as Json }, "shop");
        expect(["absent", "unreadable"]).toContain(state);
      }),
    );
  });
});
