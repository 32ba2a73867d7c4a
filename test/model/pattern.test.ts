import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isMadeOf, isSelectedBy } from "../../src/model/pattern.ts";

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

test.each<{ pattern: string; is: boolean }>([
  { pattern: "monitor/shop-*", is: true },
  { pattern: "shop-api", is: true },
  { pattern: "*api", is: true },
  { pattern: "shop", is: false },
  { pattern: "shop.api", is: false },
  { pattern: "SHOP-API", is: false },
  { pattern: "tag/*", is: false },
  { pattern: "monitor*", is: false },
  { pattern: "shop (a*", is: true },
  { pattern: "SHOP (API)", is: true },
])("the pattern $pattern selects a monitor by key or name: $is", ({ pattern, is }) => {
  const shop = { key: "monitor/shop-api", name: "Shop (API)" } as const;
  expect(isSelectedBy([pattern], shop)).toBe(is);
  expect(isSelectedBy(["nothing", pattern], shop)).toBe(is);
  expect(isSelectedBy([], shop)).toBe(false);
});
