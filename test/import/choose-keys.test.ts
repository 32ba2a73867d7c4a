import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyPattern } from "../../src/model/entity.ts";
import { chooseKeys } from "../../src/import/choose-keys.ts";
import { orderMonitors } from "../../src/import/monitor-order.ts";
import { slug } from "../../src/model/slug.ts";
import type { ObservedEntity, Owner } from "../../src/model/entity.ts";

function monitor(
  id: number,
  name: string,
  extra: Partial<ObservedEntity> & { readonly parent?: number } = {},
): ObservedEntity {
  const { parent, ...rest } = extra;
  return {
    kind: "monitor",
    id,
    name,
    spec: { type: "http" },
    references: parent === undefined ? [] : [{ at: "/parent", kind: "monitor", to: { id: parent } }],
    sensitive: [],
    owner: undefined,
    row: {},
    ...rest,
  };
}

function keysOf(entities: readonly ObservedEntity[]): readonly string[] {
  const keys = chooseKeys(entities, { project: "shop", onlyKeys: new Map() });
  return entities.map((entity) => keys.get(entity) ?? "none");
}

const owner = (key: string, project = "shop"): Owner => ({ project, key });

describe("keys", () => {
  test.each([
    ["Checkout API", "checkout-api"],
    ["  Größe: Ä/Ö – ßtraße  ", "grosse-a-o-sstrasse"],
    ["100 % 🚀 up", "100-up"],
    ["日本", ""],
    ["a".repeat(100), "a".repeat(60)],
  ])("%j is %j", (name, key) => {
    expect(slug(name)).toBe(key);
  });

  test("the older object keeps the plain key, whatever the order", () => {
    expect(keysOf([monitor(2, "API"), monitor(1, "api"), monitor(3, "日本")])).toEqual([
      "monitor/api-2",
      "monitor/api",
      "monitor/monitor-3",
    ]);
  });

  test("an object of this project keeps its key, and nothing else gets it", () => {
    expect(keysOf([monitor(1, "api"), monitor(2, "Renamed", { owner: owner("api") })])).toEqual([
      "monitor/api-2",
      "monitor/api",
    ]);
  });

  test("a clone that carries a marker too gets a key of its own", () => {
    expect(keysOf([monitor(1, "A", { owner: owner("a") }), monitor(2, "A", { owner: owner("a") })])).toEqual([
      "monitor/a",
      "monitor/a-2",
    ]);
  });

  test("are distinct and such as a configuration takes, for any names", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (names) => {
        const keys = keysOf(names.map((name, index) => monitor(index + 1, name)));
        expect(new Set(keys).size).toBe(names.length);
        for (const key of keys) expect(key.replace("monitor/", "")).toMatch(new RegExp(keyPattern, "u"));
      }),
    );
  });
});

const shown = (monitors: readonly ObservedEntity[]): string =>
  orderMonitors(monitors)
    .map(({ entity, root }) => (root === undefined ? entity.name : `${root.name}>${entity.name}`))
    .join(" ");

describe("the order of monitors", () => {
  test("puts each group right before what is in it, by weight and name", () => {
    const group = { spec: { type: "group" } };
    expect(
      shown([
        monitor(1, "z10", { parent: 2 }),
        monitor(2, "Inner", { parent: 3, ...group }),
        monitor(3, "Outer", group),
        monitor(4, "z9", { parent: 2 }),
        monitor(5, "late", { parent: 3, row: { weight: 1000 } }),
        monitor(6, "early", { parent: 3, row: { weight: 3000 } }),
        monitor(7, "single"),
      ]),
    ).toBe("single Outer>Outer Outer>early Outer>late Outer>Inner Outer>z9 Outer>z10");
  });

  test("loses nothing, however groups refer to each other", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }), { maxLength: 8 }),
        (parents) => {
          const monitors = parents.map((parent, index) =>
            monitor(index + 1, `m${index}`, parent === undefined ? {} : { parent }),
          );
          expect(new Set(orderMonitors(monitors).map(({ entity }) => entity)).size).toBe(monitors.length);
        },
      ),
    );
  });
});
