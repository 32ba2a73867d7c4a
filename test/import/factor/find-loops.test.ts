/** What a loop stands for is what it was made from. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findLoops } from "../../../src/import/factor/find-loops.ts";
import type { ImportedEntity } from "../../../src/import/imported.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { meaning } from "../../config/rendered/rendered-text.ts";
import { entity, importedOf, textOf } from "./imported-monitors.ts";

const env = { A: "tok-Zq9vX3-a", B: "tok-Zq9vX3-b" };

// A monitor cannot have the key `__proto__`, but `web-__proto__`.
const words = ["shop", "blog", "docs", "a", "b", "wiki", "x-y", "1", "22", "007", "key", "file", "at", "__proto__"];

const monitors = fc.uniqueArray(
  fc.record({
    word: fc.constantFrom(...words),
    prefix: fc.constantFrom("web-", "", "db."),
    named: fc.constantFrom("", "Web ", "Site: ", "$", "$${"),
    url: fc.constantFrom(
      (name: string) => `https://${name}.example.com/health`,
      (name: string) => `https://${name}.example.com/`,
      (name: string) => `https://${name}.example.com/${name}/$`,
      () => "https://same.example/",
      () => "https://${env:A}.example/",
    ),
    own: fc.constantFrom<JsonObject>(
      { interval: 60 },
      { interval: 90 },
      { interval: "5m" },
      { acceptedStatusCodes: [200] },
      { acceptedStatusCodes: [200, 404] },
      { acceptedStatusCodes: ["200-299"] },
      { headers: { value: "1" } },
      { headers: { value: "${env:A}" } },
      { headers: { value: "$${env:B}" } },
      { description: "$${x}" },
      { description: "${env:B}" },
      { description: "a $" },
      { ignoreTls: true },
    ),
  }),
  { maxLength: 14, selector: ({ word, prefix }) => (word === "__proto__" ? word : prefix + word) },
);

test("a loop is its monitors, in fewer lines", { timeout: 300_000 }, async () => {
  let loops = 0;
  await fc.assert(
    fc.asyncProperty(monitors, async (rows) => {
      const entities = rows.map(({ word, prefix, named, url, own }, index) =>
        entity(word === "__proto__" ? `web-${word}` : prefix + word, {
          ...(named === "" ? {} : { name: named + word }),
          type: "http",
          url: url(word.replaceAll("_", "")),
          ...own,
          adopt: { id: index + 1 },
        }),
      );
      const { entities: short, adopt } = findLoops(entities);
      const plain = importedOf(entities);
      loops += loopsIn(short).length;
      const after = textOf({ ...plain, entities: short, ...(adopt.length === 0 ? {} : { adopt }) });
      const before = textOf(plain);
      expect(await meaning({ text: after, cwd: "/", env })).toBe(await meaning({ text: before, cwd: "/", env }));
      expect(after.split("\n").length < before.split("\n").length).toBe(loopsIn(short).length > 0);
    }),
    { numRuns: 200 },
  );
  expect(loops).toBeGreaterThan(50);
});

function loopsIn(entities: readonly ImportedEntity[]): readonly JsonObject[] {
  return entities.flatMap(({ fields }) => (fields["each"] === undefined ? [] : [fields]));
}

function site(name: string, own: JsonObject = {}): ImportedEntity {
  return entity(name, { type: "http", url: `https://${name}.example/`, interval: "5m", maxRetries: 2, ...own });
}

test("sites with the same pattern are one block, and keep what they adopt", () => {
  const sites = ["shop", "blog", "docs", "wiki"].map((name) =>
    entity(`site-${name}`, {
      name: `Site ${name}`,
      type: "http",
      url: `https://${name}.example/`,
      interval: "5m",
      adopt: { id: 7 },
    }),
  );
  const { entities, adopt } = findLoops(sites);
  expect(entities.map(({ key, fields, count }) => ({ key, fields, count }))).toEqual([
    {
      key: "monitor/site-${each:key}",
      count: 4,
      fields: {
        each: ["shop", "blog", "docs", "wiki"],
        name: "Site ${each:key}",
        type: "http",
        url: "https://${each:key}.example/",
        interval: "5m",
      },
    },
  ]);
  expect(adopt).toEqual(["shop", "blog", "docs", "wiki"].map((name) => ({ to: `monitor/site-${name}`, id: 7 })));
});

test.each<[string, readonly ImportedEntity[], Json]>([
  [
    "values of their own are a mapping",
    ["a", "b", "c"].map((key, index) =>
      entity(`db-${key}`, { type: "port", hostname: "db.example", port: 5432 + index }),
    ),
    { a: 5432, b: 5433, c: 5434 },
  ],
  ["numbers are a list", [1, 2, 3].map((index) => site(`web-${index}`)), [1, 2, 3]],
  [
    "numbers with zeros before them are texts",
    ["01", "02", "03"].map((index) => site(`web-${index}`)),
    ["01", "02", "03"],
  ],
  [
    "numbers with values of their own are a list of mappings",
    [1, 2, 3].map((index) => site(`web-${index}`, { interval: `${index}m` })),
    [
      { key: "1", interval: "1m" },
      { key: "2", interval: "2m" },
      { key: "3", interval: "3m" },
    ],
  ],
  [
    "secrets are values of the rows",
    ["A", "B", "C"].map((key) => site(`web-${key}`, { description: `\${env:${key}}` })),
    { A: "${env:A}", B: "${env:B}", C: "${env:C}" },
  ],
])("%s", (_name, entities, each) => {
  expect(loopsIn(findLoops(entities).entities)).toMatchObject([{ each }]);
});

test("monitors that differ in more than two fields stay apart", () => {
  const entities = ["a", "b", "c"].map((key, index) =>
    site(key, { interval: `${index}m`, maxRetries: index, timeout: `${index}s` }),
  );
  expect(findLoops(entities)).toEqual({ entities, adopt: [] });
});

test("loops never share a key", () => {
  const rows = ["shop", "blog", "docs"].flatMap((name) => [
    site(name),
    entity(`${name}x`, { type: "ping", hostname: `${name}.example`, interval: "5m" }),
    entity(`${name}y`, { type: "dns", hostname: `${name}.example`, interval: "5m" }),
  ]);
  expect(findLoops(rows).entities.map(({ key }) => key)).toEqual([
    "monitor/${each:key}",
    "monitor/${each:ping}",
    "monitor/${each:dns}",
  ]);
});

test("thousands of monitors, none of which is like another, are compared at once", { timeout: 30_000 }, () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    site(`m${index}`, { description: `number ${index}`, interval: `${60 + index}s`, timeout: `${index}s` }),
  );
  expect(findLoops(many).entities).toHaveLength(5000);
});
