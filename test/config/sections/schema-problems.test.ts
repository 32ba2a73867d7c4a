import { expect, test } from "vitest";
import { schemaProblems } from "../../../src/config/sections/schema-problems.ts";
import { checkSchema, type SchemaError } from "../../../src/documents/schema-check.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";

const words = { subject: "a test", isHidden: () => false };

/** A list whose items are text or a mapping, or one item without the list. */
const item = {
  anyOf: [
    { type: "string", minLength: 1 },
    {
      type: "object",
      additionalProperties: false,
      properties: { of: { anyOf: [{ type: "string" }, { type: "number" }] } },
    },
  ],
};
const schema: JsonObject = { properties: { list: { type: "array", items: item } } };

function problemsOf(list: readonly Json[]): readonly string[] {
  return schemaProblems(checkSchema(schema, { list }), words).map(({ pointer, message }) => `${pointer}: ${message}`);
}

test("of the alternatives only the one that was meant is reported", () => {
  expect(problemsOf([""])).toEqual(['/list/0: "list[0]" must not be empty']);
  expect(problemsOf([{ off: 1 }])).toEqual(['/list/0/off: unknown key "off" in "list[0]"']);
  expect(problemsOf([{ of: [] }])).toEqual(['/list/0/of: "of" must be text or a number, not a list']);
});

test("a value that fits no alternative is one problem", () => {
  expect(problemsOf([1, [], "ok", ""])).toEqual([
    '/list/0: "list[0]" must be text or a mapping, not 1',
    '/list/1: "list[1]" must be text or a mapping, not a list',
    '/list/3: "list[3]" must not be empty',
  ]);
});

test("twice as many wrong alternatives take twice the work", () => {
  const [some, twice] = [pathsRead(200), pathsRead(400)];
  expect(some).toBeGreaterThan(200);
  expect(twice).toBeLessThan(2.1 * some);
});

/** How often an error's path is looked at, for a list of so many wrong items. */
function pathsRead(count: number): number {
  let reads = 0;
  const counted = (error: SchemaError): SchemaError => ({
    ...error,
    get schemaPath() {
      reads += 1;
      return error.schemaPath;
    },
  });
  schemaProblems(checkSchema(schema, { list: Array.from({ length: count }, () => [""]) }).map(counted), words);
  return reads;
}
