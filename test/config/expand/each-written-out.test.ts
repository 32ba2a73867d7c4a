/**
 * The law of loops: `each` gives the same desired state as the same objects written out, byte for byte. The rows come as a list,
 * as a mapping or from a file; the objects are written out here by a few lines that know nothing of how kuma-sync does it.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { desiredText } from "./desired-text.ts";

interface Site {
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly on: boolean;
  readonly tags: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly alt: string | undefined;
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/u);
const site: fc.Arbitrary<Site> = fc.record({
  key: word,
  host: word.map((name) => `${name}.example`),
  port: fc.integer({ min: 1, max: 65535 }),
  on: fc.boolean(),
  tags: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
  headers: fc.dictionary(fc.constantFrom("A", "B"), fc.constantFrom("1", "$x", "yes")),
  alt: fc.option(word, { nil: undefined }),
});
const sites = fc.uniqueArray(site, { minLength: 1, maxLength: 6, selector: ({ key }) => key });

const head = { version: 1, project: "p", tags: { a: {}, b: {}, c: {} } };

function rowOf({ key: _key, alt, ...row }: Site): JsonObject {
  return { ...row, ...(alt === undefined ? {} : { alt }) };
}

const template = { type: "http", description: "of ${each:key}", interval: 45, headers: "${each:headers}" };
const block = {
  use: "web",
  name: "Web ${each:key}",
  url: "https://${each:alt:-${each:host}}:${each:port}/",
  tags: "${each:tags}",
  upsideDown: "${each:on}",
  keepAlive: "${each:missing:-}",
};

function writtenOut(all: readonly Site[], isKept: (site: Site) => boolean): JsonObject {
  const monitors = all.filter(isKept).map((one): [string, Json] => [
    `web-${one.key}`,
    {
      type: "http",
      interval: 45,
      description: `of ${one.key}`,
      headers: Object.fromEntries(Object.entries(one.headers)),
      name: `Web ${one.key}`,
      url: `https://${one.alt ?? one.host}:${one.port}/`,
      tags: [...one.tags],
      upsideDown: one.on,
    },
  ]);
  return { ...head, monitors: Object.fromEntries(monitors) };
}

type Form = (rows: readonly Site[]) => { readonly each: Json; readonly files?: Readonly<Record<string, string>> };

const asList: Form = (rows) => ({ each: rows.map((row) => ({ key: row.key, ...rowOf(row) })) });
const asMapping: Form = (rows) => ({ each: Object.fromEntries(rows.map((row) => [row.key, rowOf(row)])) });
const asJson: Form = (rows) => ({
  each: { file: "rows.json" },
  files: { "rows.json": JSON.stringify(asList(rows).each) },
});
const asYaml: Form = (rows) => ({
  each: { file: "rows.yaml", at: "all.hosts" },
  files: { "rows.yaml": stringify({ all: { hosts: asMapping(rows).each } }, { aliasDuplicateObjects: false }) },
});
const forms = [
  ["a list", asList],
  ["a mapping", asMapping],
  ["a JSON file", asJson],
  ["a YAML file", asYaml],
] as const;

test.for(forms)("rows of %s give the objects that are written out", { timeout: 120_000 }, async ([, form]) => {
  await fc.assert(
    fc.asyncProperty(sites, fc.boolean(), async (all, hasCondition) => {
      // An empty condition keeps every row.
      const condition = hasCondition ? { when: "${each:on}" } : {};
      const { each, files } = form(all);
      const looped = {
        ...head,
        templates: { web: template },
        monitors: { "web-${each:key}": { each, ...condition, ...block } },
      };
      const plain = writtenOut(all, ({ on }) => !hasCondition || on);
      expect(await desiredText(looped, files)).toBe(await desiredText(plain));
    }),
    { numRuns: 40 },
  );
});

const cell = fc.constantFrom("a", "b c", 'say "x"', "1.0", "true", "x,y", "${env:HOME}", "ä");

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

test("cells of CSV give the values that are written out", { timeout: 120_000 }, async () => {
  const rows = fc.uniqueArray(fc.record({ key: word, text: cell, port: fc.integer({ min: 1, max: 65535 }) }), {
    minLength: 1,
    selector: ({ key }) => key,
  });
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom(",", ";", "\t"),
      async (all, end, separator) => {
        const lines = all.map(({ key, text, port }) => [key, quoted(text), String(port)].join(separator));
        const csv = `\u{feff}${["key", "text", "port"].join(separator)}${end}${lines.join(end)}${end}`;
        const looped = {
          ...head,
          monitors: {
            "p-${each:key}": {
              each: { file: "rows.csv" },
              type: "port",
              hostname: "${each:key}.example",
              port: "${each:port}",
              description: "${each:text}",
            },
          },
        };
        const plain = all.map(({ key, text, port }): [string, Json] => [
          `p-${key}`,
          { type: "port", hostname: `${key}.example`, port, description: text.replaceAll("${", () => "$${") },
        ]);
        const expected = await desiredText({ ...head, monitors: Object.fromEntries(plain) });
        expect(await desiredText(looped, { "rows.csv": csv })).toBe(expected);
      },
    ),
    { numRuns: 40 },
  );
});

test("lists that are multiplied give each combination", { timeout: 120_000 }, async () => {
  const ports = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(sites, ports, async (all, numbers) => {
      const looped = {
        ...head,
        monitors: {
          "${each:site.key}-${each:port}-${each:tag}": {
            each: { site: asMapping(all).each, tag: "${each:site.tags}", port: numbers },
            type: "port",
            hostname: "${each:site.host}",
            port: "${each:port}",
            tags: ["${each:tag}"],
          },
        },
      };
      const plain = all.flatMap(({ key, host, tags }) =>
        tags.flatMap((tag) =>
          numbers.map((port): [string, Json] => [
            `${key}-${port}-${tag}`,
            { type: "port", hostname: host, port, tags: [tag] },
          ]),
        ),
      );
      const expected = await desiredText({ ...head, monitors: Object.fromEntries(plain) });
      expect(await desiredText(looped)).toBe(expected);
    }),
    { numRuns: 40 },
  );
});
