import * as fc from "fast-check";
import { expect, test } from "vitest";
import { changedNumbers, keepsItsDigits } from "../../../src/config/values/exact-number.ts";

test("an integer keeps its digits exactly when JavaScript prints the same ones", () => {
  // Below 10^21 JavaScript prints integers without an exponent.
  const integers = fc.bigInt({ min: -(10n ** 21n) + 1n, max: 10n ** 21n - 1n });
  fc.assert(
    fc.property(integers, (integer) => {
      expect(keepsItsDigits(String(integer))).toBe(String(Number(integer)) === String(integer));
    }),
  );
});

test("the spelling of a number does not count", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 80n }), fc.nat({ max: 5 }), (integer, zeros) => {
      const kept = keepsItsDigits(String(integer));
      expect(keepsItsDigits(`0x${integer.toString(16)}`)).toBe(kept);
      expect(keepsItsDigits(`+${integer}.${"0".repeat(zeros)}`)).toBe(kept);
      expect(keepsItsDigits(`${integer}${"0".repeat(zeros)}e-${zeros}`)).toBe(kept);
    }),
  );
});

test.each(["1.0", "0.1", "3.14159265358979323846", "1e3", "1e400", "0o17", "100000000000000000000000", "1e21"])(
  "%s is not an integer that loses digits",
  (source) => {
    expect(keepsItsDigits(source)).toBe(true);
  },
);

test("numbers are found outside of strings only", () => {
  const id = "12345678901234567890";
  const text = `{"a\\"${id}": "${id}", "b": [1, ${id}, -${id}.0], "${id}": 1e3}`;
  expect(changedNumbers(text).map(([start, end]) => text.slice(start, end))).toEqual([id, `-${id}.0`]);
});
