/**
 * The law of expansion: templates, defaults and groups give the same desired state as the same objects written out, byte for
 * byte. The objects are written out here by a few lines that know nothing of how kuma-sync does it.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { desiredText } from "./desired-text.ts";

type Block = Readonly<Record<string, Json>>;

const tagNames = ["a", "b", "c", "d"] as const;
const tags = fc.uniqueArray(fc.constantFrom(...tagNames), { maxLength: 3 });
const headers = fc.dictionary(fc.constantFrom("A", "B", "C"), fc.constantFrom("1", "2"), { maxKeys: 3 });

/** Fields that any layer can have. */
const block: fc.Arbitrary<Block> = fc.record(
  {
    interval: fc.integer({ min: 30, max: 90 }),
    maxRetries: fc.integer({ min: 0, max: 5 }),
    timeout: fc.integer({ min: 1, max: 20 }),
    method: fc.constantFrom("GET", "POST"),
    headers,
    tags: fc.oneof(tags, fc.record({ add: tags })),
  },
  { requiredKeys: [] },
);

interface Setup {
  readonly monitor: Block;
  readonly http: Block;
  readonly outer: Block;
  readonly inner: Block;
  /** Each uses those of the templates before it that the list names. */
  readonly templates: readonly { readonly own: Block; readonly use: readonly number[] }[];
  readonly monitors: readonly {
    readonly own: Block;
    readonly use: readonly number[];
    readonly parent: string | undefined;
  }[];
}

const uses = fc.array(fc.nat({ max: 3 }), { maxLength: 3 });
const setup: fc.Arbitrary<Setup> = fc.record({
  monitor: block,
  http: block,
  outer: block,
  inner: block,
  templates: fc.array(fc.record({ own: block, use: uses }), { minLength: 4, maxLength: 4 }),
  monitors: fc.array(fc.record({ own: block, use: uses, parent: fc.constantFrom(undefined, "outer", "inner") }), {
    minLength: 1,
    maxLength: 4,
  }),
});

const sections = { version: 1, project: "p", tags: Object.fromEntries(tagNames.map((name) => [name, {}])) };
const url = "https://a.example";

const named = (use: readonly number[]): Json => use.map((index) => `t${index}`);

function withSharing({ monitor, http, outer, inner, templates, monitors }: Setup): JsonObject {
  return {
    ...sections,
    defaults: { monitor, http },
    templates: Object.fromEntries(
      templates.map(({ own, use }, index) => [
        `t${index}`,
        { ...own, use: named(use.filter((other) => other < index)) },
      ]),
    ),
    monitors: {
      outer: { type: "group", interval: 60, maxRetries: 0, tags: [], defaults: outer },
      inner: { type: "group", parent: "outer", interval: 60, maxRetries: 0, tags: [], defaults: inner },
      ...Object.fromEntries(
        monitors.map(({ own, use, parent }, index) => [
          `m${index}`,
          { type: "http", url, ...own, use: named(use), ...(parent === undefined ? {} : { parent }) },
        ]),
      ),
    },
  };
}

function writtenOut({ monitor, http, outer, inner, templates, monitors }: Setup): JsonObject {
  const full = (index: number): Block =>
    [...(templates[index]?.use ?? []).filter((other) => other < index).map(full), templates[index]?.own ?? {}].reduce(
      (lower, upper) => over(lower, upper, true),
      {},
    );
  const group = { type: "group", interval: 60, maxRetries: 0, tags: [] };
  return {
    ...sections,
    monitors: {
      outer: group,
      inner: { ...group, parent: "outer" },
      ...Object.fromEntries(
        monitors.map(({ own, use, parent }, index) => {
          const groups = parent === undefined ? [] : parent === "outer" ? [outer] : [outer, inner];
          const inherited = [monitor, http, ...groups].reduce((lower, upper) => over(lower, upper, false), {});
          const ownBlock = [...use.map(full), own].reduce((lower, upper) => over(lower, upper, true), {});
          const { tags: list, ...fields } = over(inherited, ownBlock, false);
          const plain = Array.isArray(list) ? list : ((list as { readonly add?: Json } | undefined)?.add ?? []);
          return [
            `m${index}`,
            { type: "http", url, ...fields, tags: plain, ...(parent === undefined ? {} : { parent }) },
          ];
        }),
      ),
    },
  };
}

function over(lower: Block, upper: Block, isJoining: boolean): Block {
  const result: Record<string, Json> = { ...lower, ...upper };
  const added = upper["tags"];
  const below = lower["tags"];
  if (added !== undefined && !Array.isArray(added) && below !== undefined) {
    const { add } = added as { readonly add: readonly string[] };
    const list = Array.isArray(below)
      ? (below as readonly string[])
      : (below as { readonly add: readonly string[] }).add;
    const together = [...new Set([...list, ...add])];
    result["tags"] = Array.isArray(below) ? together : { add: together };
  }
  if (isJoining && lower["headers"] !== undefined && upper["headers"] !== undefined)
    result["headers"] = { ...(lower["headers"] as JsonObject), ...(upper["headers"] as JsonObject) };
  return result;
}

test("sharing gives the same desired state as writing everything out", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(setup, async (shared) => {
      expect(await desiredText(withSharing(shared))).toBe(await desiredText(writtenOut(shared)));
    }),
    { numRuns: 60 },
  );
});
