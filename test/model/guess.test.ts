import * as fc from "fast-check";
import { expect, test } from "vitest";
import { guess } from "../../src/model/guess.ts";

test("letters in another order are one slip, however many letters moved", () => {
  const words = fc.uniqueArray(fc.constantFrom(..."abcdefghijkl".split("")), { minLength: 6 });
  fc.assert(
    fc.property(words, (letters) => {
      const word = letters.join("");
      const reordered = letters.toReversed().join("");
      expect(guess(reordered, ["zzzzzzzzzzzz", word])).toBe(word);
    }),
  );
});
