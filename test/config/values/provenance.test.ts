/** What is known about a value concerns the values around it too. */
import { describe, expect, test } from "vitest";
import { concerns, type KnownValue, type Provenance } from "../../../src/config/values/provenance.ts";
import { isWithin } from "../../../src/model/json.ts";

const at = (...pointers: readonly string[]): Provenance =>
  new Map<string, KnownValue>(pointers.map((pointer) => [pointer, { isSecret: true }]));

describe("a fact concerns", () => {
  const pointers = ["", "/", "/a", "/ab", "/a/", "/a/b", "/a/b/0", "/a/bc", "/b", "//b"];
  test.each(pointers.map((pointer) => [pointer]))('the place "%s", its parts, and what it is part of', (place) => {
    const provenance = at(place);
    for (const pointer of pointers) {
      const isRelated = isWithin(pointer, [place]) || isWithin(place, [pointer]);
      expect([pointer, concerns(provenance, "isSecret", pointer)]).toEqual([pointer, isRelated]);
      expect(concerns(provenance, "isBroken", pointer)).toBe(false);
    }
  });
});
