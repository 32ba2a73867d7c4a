/** A factored import says the same as a plain one, in fewer lines. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factor } from "../../../src/import/factor/factor.ts";
import type { ImportedEntity } from "../../../src/import/imported.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { monitor } from "../../../src/kinds/monitor.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { meaning } from "../../config/rendered/rendered-text.ts";
import { entity, importedOf, textOf } from "./imported-monitors.ts";

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
    const own: readonly JsonObject[] = [{ timeout: "9s" }, { description: "x" }, { upsideDown: true }];
    const pings = own.map((fields, index) =>
      entity(`p${index}`, { type: "ping", hostname: "same.example", interval: "5m", maxRetries: 2, ...fields }),
    );
    const other = entity("w", { type: "http", url: "https://x.example/", interval: "5m" });
    const { defaults, entities, templates } = factor(importedOf([...pings, other]), kinds);
    expect(defaults).toEqual({ ping: { interval: "5m", maxRetries: 2 } });
    expect(templates).toBeUndefined();
    expect(entities.map(({ fields }) => Object.keys(fields))).toEqual([
      ["type", "hostname", "timeout"],
      ["type", "hostname", "description"],
      ["type", "hostname", "upsideDown"],
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

/** Monitors that share three fields; the others have different names, so that they are no loop. */
function webs(keys: readonly string[], more: JsonObject = {}): readonly ImportedEntity[] {
  const own: readonly JsonObject[] = [{}, { description: "x" }, { upsideDown: true }];
  return keys.map((key, index) =>
    entity(key, {
      type: "http",
      url: `https://${key}.example/`,
      interval: "5m",
      timeout: "9s",
      headers: { A: "1" },
      ...more,
      ...own[index % own.length],
    }),
  );
}

describe("templates", () => {
  const others = ["p", "q"].map((key) => entity(key, { type: "http", url: `https://${key}.example/` }));

  test("are named by a word of their users, which keep their order", () => {
    const users = webs(["shop-web", "web-blog", "web2-web"]);
    const { templates, entities } = factor(importedOf([...users, ...others]), kinds);
    expect(templates).toEqual({ web: { type: "http", interval: "5m", timeout: "9s", headers: { A: "1" } } });
    expect(entities.map(({ key }) => key)).toEqual([...users, ...others].map(({ key }) => key));
    expect(entities[0]?.fields).toEqual({ use: "web", url: "https://shop-web.example/" });
  });

  test("of one name get a number", () => {
    const users = webs(["a-web", "b-web", "c-web"]);
    const slow = webs(["d-web", "e-web", "f-web"], { interval: "10m", timeout: "1m", headers: { B: "2" } });
    const { templates = {} } = factor(importedOf([...users, ...slow, ...others]), kinds);
    expect(Object.keys(templates)).toEqual(["web", "http"]);
  });

  test("of thousands of monitors, none of which is like another, are found at once", { timeout: 20_000 }, () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      entity(`m${index}`, {
        type: "http",
        url: `https://m${index}.example/`,
        description: `number ${index}`,
        interval: `${60 + (index % 40)}s`,
        timeout: `${index}s`,
        headers: { A: "1" },
      }),
    );
    const { templates } = factor(importedOf(many), kinds);
    expect(Object.keys(templates ?? {}).length).toBeLessThanOrEqual(12);
  });

  test("hold no secret in their names", () => {
    const users = webs(["a", "b", "c"]).map((one) => ({ ...one, name: "https://user:hunter2@x.example/" }));
    expect(JSON.stringify(factor(importedOf([...users, ...others]), kinds).templates)).not.toContain("hunter2");
  });
});
