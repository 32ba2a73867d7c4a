/**
 * The lint's work grows with the query: what it reads of tree, tokens and sample is counted, and time plays no part.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { loadEngine } from "../../../src/query/engines.ts";
import { expandedSize } from "../../../src/query/lint/expanded-size.ts";
import { lintQuery } from "../../../src/query/lint/lint-query.ts";
import { lintTree } from "../../../src/query/lint/lint-tree.ts";
import type { QueryNode } from "../../../src/query/lint/query-tree.ts";
import { rangeMaximum } from "../../../src/query/lint/range-maximum.ts";
import { tokenize } from "../../../src/query/lint/tokens.ts";
import { serverRules } from "../../../src/query/server-rules.ts";

const some = (count: number, part: string, between: string): string =>
  Array.from({ length: count }, () => part).join(between);
const numbered = (count: number, part: (index: number) => string, between: string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(between);

const shapes: Readonly<Record<string, (size: number) => string>> = {
  "a chain of and": (size) => some(size, "a", " and "),
  "a chain of =": (size) => some(size, "a", " = "),
  "a chain of &": (size) => some(size, "a", " & "),
  "a chain of ??": (size) => some(size, "a[1]", " ?? "),
  "brackets in brackets": (size) => `${"(".repeat(size)}a = 1${")".repeat(size)}`,
  "lists in lists": (size) => `${"[".repeat(size)}a = 1${"]".repeat(size)}`,
  "comparisons in brackets": (size) => `${"(".repeat(size)}a${" = 1)".repeat(size)}`,
  "a long path": (size) => some(size, "a", "."),
  "a long path with indexes": (size) => some(size, "a[0]", "."),
  "a path of descendants": (size) => some(size, "**", "."),
  "many predicates": (size) => `a${"[b = 1]".repeat(size)}`,
  "predicates in predicates": (size) => `${"a[".repeat(size)}b = 1${"]".repeat(size)}`,
  "a chain of conditions": (size) => `${"a ? 1 : ".repeat(size)}2`,
  "many variables": (size) => `(${numbered(size, (index) => `$v${index} := $w${index}`, "; ")}; 1)`,
  "functions in functions": (size) =>
    `${numbered(size, (index) => `($f${index} := function($x){`, "")}$f0${"})".repeat(size)}`,
  "functions side by side": (size) => `(${numbered(size, (index) => `$f${index} := function($x){$x.a}`, "; ")}; 1)`,
  "many arguments": (size) => `$append(${some(size, "$sum", ", ")})`,
  "many items": (size) => `[${some(size, "a > 1", ", ")}]`,
  "many comments": (size) => `${"/* a */".repeat(size)}a`,
};

/** How many times something of `value` is read. The same object always has the same stand-in. */
function counting<T extends object>(value: T, count: { reads: number }): T {
  const known = new Map<object, object>();
  const wrap = (inner: unknown): unknown => {
    if (typeof inner !== "object" || inner === null || inner instanceof RegExp) return inner;
    const wrapped = known.get(inner) ?? new Proxy(inner, handler);
    known.set(inner, wrapped);
    return wrapped;
  };
  const handler: ProxyHandler<object> = {
    get(target, key) {
      count.reads += 1;
      return wrap(Reflect.get(target, key));
    },
  };
  return wrap(value) as T;
}

async function workOf(text: string): Promise<number> {
  const count = { reads: 0 };
  const tree = (await loadEngine("2.2.2"))(text).ast() as QueryNode;
  const sample: Json = { a: { a: [{ a: 1, b: 2 }, { b: [3, { a: 4 }] }] }, x: "y" };
  const servers = ["2.5.3", "1.23.17"].map((server) => serverRules(server));
  const tokens = counting(tokenize(text), count);
  const context = { text, operator: "==", expected: "true", servers, tokens, sample: counting(sample, count) };
  lintTree(context, counting(tree, count));
  return count.reads;
}

describe("four times the query is at most five times the work", () => {
  it.each(Object.entries(shapes))("%s", async (_, shape) => {
    const [small, large] = [await workOf(shape(100)), await workOf(shape(400))];
    expect(large / small).toBeLessThan(5);
  });
});

it("reads a chain that is longer than the call stack is deep", async () => {
  const found = await lintQuery({
    text: some(2000, "a", " and "),
    operator: "==",
    expected: "true",
    servers: ["2.5.3"],
  });
  expect(found).toEqual([]);
});

const nested = (depth: number): string => `${"(".repeat(depth)}a${" ?? b)".repeat(depth)}`;
const size = (text: string): number => expandedSize(tokenize(text));

describe("a query that jsonata would parse for hours", () => {
  it("is not parsed, and says why", async () => {
    const [found] = await lintQuery({ text: nested(60), operator: "==", expected: "1", servers: ["2.5.3"] });
    expect(found).toMatchObject({ rule: "syntax-error", message: "JSONata does not parse: it is nested too deeply" });
    expect(found?.why).toContain("parses the left side of ?? and ?: twice");
  });

  it("counts what is doubled and nothing else", () => {
    expect(size(nested(12))).toBeGreaterThan(2 ** 12);
    expect(size(some(1000, "a", " ?? "))).toBeLessThan(4000);
    expect(size(`${"(a ?? ".repeat(50)}b${")".repeat(50)}`)).toBeLessThan(500);
  });
});

it("finds the largest of any neighbours", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
  const maximum = rangeMaximum(values);
  for (let from = 0; from <= values.length; from++) {
    for (let to = from; to <= values.length; to++)
      expect(maximum(from, to)).toBe(Math.max(0, ...values.slice(from, to)));
  }
});
