import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonProblem } from "../../../src/config/source/json-problem.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("where a text stops being JSON", () => {
  test("agrees with JSON.parse, and points inside the text", () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', "\\", "#", "//", "x", "1", "\n", ":"))
      .map(([json, at, put]) => json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string(), fc.json()), (text) => {
        const problem = jsonProblem(text);
        expect(problem === undefined).toBe(isJson(text));
        if (problem === undefined) return;
        expect(problem.start).toBeGreaterThanOrEqual(0);
        expect(problem.start).toBeLessThanOrEqual(text.length);
        expect(problem.end).toBeGreaterThanOrEqual(problem.start);
      }),
      { numRuns: 1000 },
    );
  });

  test("a comment is found at its place between any two tokens", () => {
    const spaced = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value, null, 1));
    fc.assert(
      fc.property(spaced, fc.nat(), fc.constantFrom("# why", "// why", "/* why */"), (json, pick, comment) => {
        const gaps = [0, json.length, ...[...json.matchAll(/\n/gu)].map(({ index }) => index)];
        const at = gaps[pick % gaps.length] ?? 0;
        const text = `${json.slice(0, at)}${comment}\n${json.slice(at)}`;
        expect(jsonProblem(text)).toMatchObject({ isComment: true, start: at, end: at + comment.length });
      }),
    );
  });

  test.for([
    ["{'a': 1}", 1, "double quotes"],
    ["{\"a\": 'b'}", 6, "double quotes"],
    ['{"a": 1,}', 7, "comma too many"],
    ['{"a" 1}', 5, '":"'],
    ["[1 2]", 3, '","'],
    ['{"a": "b', 6, "closing"],
    ['{"a": True}', 6, "without quotes"],
    ['["\\d"]', 2, "backslash"],
    ["[1] [2]", 4, "more after"],
    ["", 0, "before a value"],
  ] as const)("%s", ([text, start, words]) => {
    const problem = jsonProblem(text);
    expect(problem?.start).toBe(start);
    expect(problem?.message).toContain(words);
  });
});
