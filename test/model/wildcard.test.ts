import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isMadeOf } from "../../src/model/wildcard.ts";

const few = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });

test("a text is made of parts exactly when the regular expression says so", () => {
  fc.assert(
    fc.property(
      few,
      fc.array(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 2 }), { minLength: 1, maxLength: 6 }),
      (text, parts) => {
        expect(isMadeOf(text, parts)).toBe(new RegExp(`^${parts.join("[^]*")}$`, "u").test(text));
      },
    ),
  );
});

test("forty wildcards need no more time than one", () => {
  expect(isMadeOf("a".repeat(1000), [...Array.from({ length: 40 }, () => "a"), "b"])).toBe(false);
});
