/** A factored import says the same as a plain one, in fewer lines. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factor } from "../../../src/import/factor/factor.ts";
import type { Imported, ImportedEntity } from "../../../src/import/imported.ts";
import { liftDefaults } from "../../../src/import/lift-defaults.ts";
import { yamlText } from "../../../src/import/yaml-text.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { monitor } from "../../../src/kinds/monitor.ts";
import { entityKey } from "../../../src/model/entity.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { meaning } from "../../config/rendered/rendered-text.ts";

function entity(key: string, fields: JsonObject, group?: string): ImportedEntity {
  return {
    key: entityKey("monitor", key),
    kind: "monitor",
    id: 1,
    name: key,
    fields,
    group: group === undefined ? undefined : entityKey("monitor", group),
    obstacle: undefined,
  };
}

function importedOf(entities: readonly ImportedEntity[]): Imported {
  const lifted = liftDefaults(entities, monitor);
  return {
    project: "shop",
    server: { url: "http://127.0.0.1:3001", version: "2.5.3" },
    entities: lifted.entities,
    ...(lifted.defaults === undefined ? {} : { defaults: { monitor: lifted.defaults } }),
    variables: [],
    omissions: [],
    changedByApply: 0,
    declaredElsewhere: [],
    foreign: [],
  };
}

function textOf(imported: Imported): string {
  return yamlText(imported, { entities: imported.entities, isMain: true }, kinds);
}

const body = (text: string): string => text.replaceAll(/^#.*\n/gmu, "");
const lineCount = (text: string): number =>
  body(text)
    .split("\n")
    .filter((line) => line !== "").length;

const env = { TOKEN: "tok-Zq9vX3", HOST: "host.example" };

const shared = fc.record(
  {
    interval: fc.constantFrom<Json>("5m", "30s", "90s"),
    maxRetries: fc.constantFrom<Json>(2, 3),
    description: fc.constantFrom<Json>("a", "$${b}", "yes", "two\nlines"),
    timeout: fc.constantFrom<Json>("10s", "20s"),
    method: fc.constantFrom<Json>("PUT", "POST"),
    headers: fc.constantFrom<Json>({ A: "${env:TOKEN}" }, { A: "1", B: "2" }),
    upsideDown: fc.constant<Json>(true),
    acceptedStatusCodes: fc.constantFrom<Json>([200], ["200-299", 404]),
  },
  { requiredKeys: [] },
);

const families = fc.array(
  fc.record({
    type: fc.constantFrom("http", "keyword", "port", "ping"),
    common: shared,
    word: fc.constantFrom("web", "api", "db", "x"),
    members: fc.array(shared, { minLength: 1, maxLength: 7 }),
  }),
  { minLength: 1, maxLength: 4 },
);

const imports = families.map((all) =>
  all.flatMap(({ type, common, word, members }, family) =>
    members.map((own, index) => {
      const needed: JsonObject = {
        http: { url: `https://${word}${index}.example/` },
        keyword: { url: `https://${word}${index}.example/`, keyword: "some words" },
        port: { hostname: `${word}${index}.example`, port: 80 + index },
        ping: { hostname: `${word}${index}.example` },
      }[type];
      // Of the fields that only one of them has, few are different from the rest of the family.
      const fields = Object.entries({ ...common, ...(index % 3 === 0 ? own : {}) });
      const known = fields.filter(([name]) => Object.hasOwn(monitor.variant(type)?.fields ?? {}, name));
      return entity(`${word}-${family}-${index}`, {
        type,
        ...needed,
        ...Object.fromEntries(known),
        adopt: { id: family * 10 + index + 1 },
      });
    }),
  ),
);

test("any import renders to the same, and is not longer", { timeout: 300_000 }, async () => {
  let factored = 0;
  await fc.assert(
    fc.asyncProperty(imports, async (entities) => {
      const plain = importedOf(entities);
      const short = factor(plain, kinds);
      const [before, after] = [textOf(plain), textOf(short)];
      if (after !== before) factored += 1;
      expect(lineCount(after)).toBeLessThanOrEqual(lineCount(before));
      expect(await meaning({ text: after, cwd: "/", env })).toBe(await meaning({ text: before, cwd: "/", env }));
    }),
    { numRuns: Number(process.env["KUMA_SYNC_FACTORS"] ?? 60) },
  );
  expect(factored).toBeGreaterThan(20);
});

describe("defaults by type", () => {
  test("hold what three of a type say, and no field that identifies one", () => {
    const pings = ["a", "b", "c"].map((key) =>
      entity(key, { type: "ping", hostname: "same.example", interval: "5m", maxRetries: 2 }),
    );
    const other = entity("w", { type: "http", url: "https://x.example/", interval: "5m" });
    const { defaults, entities, templates } = factor(importedOf([...pings, other]), kinds);
    expect(defaults).toEqual({ ping: { interval: "5m", maxRetries: 2 } });
    expect(templates).toBeUndefined();
    expect(entities.map(({ fields }) => Object.keys(fields))).toEqual([
      ["type", "hostname"],
      ["type", "hostname"],
      ["type", "hostname"],
      ["type", "url", "interval"],
    ]);
  });

  test("are left out for two", () => {
    const pings = ["a", "b"].map((key) =>
      entity(key, { type: "ping", hostname: "x.example", interval: "5m", maxRetries: 2 }),
    );
    expect(factor(importedOf(pings), kinds)).toEqual(importedOf(pings));
  });
});

function web(key: string, own: JsonObject): ImportedEntity {
  return entity(key, {
    type: "http",
    url: `https://${key}.example/`,
    interval: "5m",
    timeout: "9s",
    headers: { A: "1" },
    ...own,
  });
}

describe("templates", () => {
  const others = ["p", "q", "r", "s"].map((key) => entity(key, { type: "http", url: `https://${key}.example/` }));

  test("are named by a word of their users, which keep their order", () => {
    const users = ["shop-web", "web-blog", "web2-web"].map((key) => web(key, {}));
    const { templates, entities } = factor(importedOf([...users, ...others]), kinds);
    expect(templates).toEqual({ web: { type: "http", interval: "5m", timeout: "9s", headers: { A: "1" } } });
    expect(entities.map(({ key }) => key)).toEqual([...users, ...others].map(({ key }) => key));
    expect(entities[0]?.fields).toEqual({ use: "web", url: "https://shop-web.example/" });
  });

  test("of one name get a number", () => {
    const users = ["a-web", "b-web", "c-web"].map((key) => web(key, {}));
    const slow = ["d-web", "e-web", "f-web"].map((key) =>
      web(key, { interval: "10m", timeout: "1m", headers: { B: "2" } }),
    );
    const { templates = {} } = factor(importedOf([...users, ...slow, ...others]), kinds);
    expect(Object.keys(templates)).toEqual(["web", "http"]);
  });

  test("of thousands of monitors, none of which is like another, are found at once", { timeout: 20_000 }, () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      web(`m${index}`, { description: `number ${index}`, interval: `${60 + (index % 40)}s` }),
    );
    const { templates } = factor(importedOf(many), kinds);
    expect(Object.keys(templates ?? {}).length).toBeLessThanOrEqual(12);
  });

  test("hold no secret in their names", () => {
    const users = ["a", "b", "c"].map((key) => ({ ...web(key, {}), name: "https://user:hunter2@x.example/" }));
    expect(JSON.stringify(factor(importedOf([...users, ...others]), kinds).templates)).not.toContain("hunter2");
  });
});
