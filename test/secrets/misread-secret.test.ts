import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canBeMisread, misreadIn } from "../../src/secrets/misread-secret.ts";

const befores = ["https://", "https://h/", "https://h/?a=", "https://h/?a", "text ", "https://h/#"];

test("a value that cannot be misread is misread in no part of a URL, and each other one is in some", () => {
  const values = fc.string({ unit: fc.constantFrom(..."ab1%2/?#@\\&+ =:;-".split("")), maxLength: 6 });
  fc.assert(
    fc.property(values, (value) => {
      const isMisread = befores.some((before) => misreadIn({ before, value, after: "@h/" }) !== undefined);
      expect(canBeMisread(value)).toBe(isMisread);
    }),
  );
});
