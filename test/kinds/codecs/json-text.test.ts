/** What `httpBodyEncoding` makes of a body: on the way to the server, and of what the server holds. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodedBody } from "../../../src/kinds/codecs/json-text.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";

const noReference = (): never => {
  throw new Error("a body refers to nothing");
};
const stored = (body: Json, httpBodyEncoding: string): Json =>
  encodedBody.toKuma(encodedBody.normalise(body, { httpBodyEncoding }), noReference);
const read = (body: Json, httpBodyEncoding: string | null): Json =>
  encodedBody.fromKuma(body, noReference, { httpBodyEncoding });

const texts = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.json(),
  fc.constantFrom("1.0", "12345678901234567890", " [1,2] ", '{"a":1,  "b":2}', "<a/>\r\n", "  <a>😀 \t</a>\n\n"),
);
const sentAsText = fc.constantFrom("form", "xml");
const scalars = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const fields = fc.dictionary(fc.string(), fc.oneof(scalars, fc.array(scalars)), { noNullPrototype: true });

test("text under form and xml reaches the server byte for byte, and comes back", () => {
  fc.assert(
    fc.property(texts, sentAsText, (text, encoding) => {
      expect(stored(text, encoding)).toBe(text);
      const canonical = encodedBody.normalise(text, { httpBodyEncoding: encoding });
      expect(read(text, encoding)).toBe(canonical);
      // What import writes of it means the same.
      const written = encodedBody.written?.(canonical) ?? canonical;
      expect(encodedBody.normalise(written, { httpBodyEncoding: encoding })).toBe(canonical);
    }),
  );
});

test("a mapping under form arrives with its fields in order, a list as one field for each item", () => {
  fc.assert(
    fc.property(fields, (mapping) => {
      const wanted = Object.entries(mapping).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((item) => [name, String(item)]),
      );
      const text = stored(mapping, "form");
      expect([...new URLSearchParams(text === null ? "" : (text as string))]).toEqual(
        wanted.map(([name = "", item]) => [name, item]),
      );
    }),
  );
});

test.each<[body: JsonObject, as: string | null]>([
  [{ name: "test", email: "test@test.com" }, "name=test&email=test%40test.com"],
  [{ tag: ["a", "b c"], "fields[]": [1, 2] }, "tag=a&tag=b+c&fields%5B%5D=1&fields%5B%5D=2"],
  [{ empty: null, yes: true, no: [] }, "empty=&yes=true"],
  [{}, null],
])("%j under form", (body, as) => {
  expect(stored(body, "form")).toBe(as);
});

test("JSON reformatted by the web page is not a difference, text under another encoding is", () => {
  const text = '{"a":1,  "b":[1,2]}';
  const pretty = JSON.stringify(JSON.parse(text), null, 4);
  expect(read(pretty, "json")).toEqual(encodedBody.normalise(text, { httpBodyEncoding: "json" }));
  expect(read(pretty, null)).toEqual(encodedBody.normalise(text));
  expect(read(pretty, "xml")).not.toEqual(encodedBody.normalise(text, { httpBodyEncoding: "xml" }));
});
