import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMangled } from "../../../src/plan/bind/unstorable.ts";
import { declare, desiredOf, observedOf, onServer, planOf } from "../builder.ts";

/** As MariaDB puts it into a column of that character set. */
function stored(text: string, holds: (character: string) => boolean, marks: number): string {
  return Array.from(text, (one) => (holds(one) ? one : "?".repeat(one.length > 1 ? marks : 1))).join("");
}

const tag = (name: string) => ({ name, color: "#2563EB" });
const ascii = (one: string): boolean => one <= "\u007F";
const latin1 = (one: string): boolean => one <= "\u00FF";
const firstPlane = (one: string): boolean => one.length === 1;

describe("text that a database could not hold", () => {
  test("is recognised, whatever the character set", () => {
    const sets = fc.constantFrom(ascii, latin1, firstPlane);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), sets, fc.integer({ min: 1, max: 4 }), (text, holds, marks) => {
        const found = stored(text, holds, marks);
        expect(isMangled(text, found)).toBe(found !== text);
        expect(isMangled({ a: [text, 1] }, { a: [found, 1] })).toBe(found !== text);
        expect(found === text || isMangled([text, 1], [1, found])).toBe(true);
      }),
    );
  });

  test("is not a declared value", () => {
    for (const [wanted, found] of [
      ["api", "a?i"],
      ["да", "да?"],
      ["да", "?"],
      ["да", "нет"],
      ["a", "?"],
    ] as const) {
      expect([wanted, isMangled(wanted, found)]).toEqual([wanted, false]);
    }
  });

  test("makes neither a second tag nor a change on the server", () => {
    const desired = desiredOf(declare("one", tag("да"), { kind: "tag" }), declare("two", tag("он"), { kind: "tag" }));
    const observed = observedOf(onServer(1, tag("??"), { kind: "tag" }), onServer(2, tag("??"), { kind: "tag" }));
    const { steps } = planOf(desired, observed);
    expect(steps.map(({ action, key }) => `${action} ${key}`)).toEqual(["update tag/one", "update tag/two"]);
    expect(steps.flatMap((step) => ("changes" in step ? step.changes.map(({ cause }) => cause) : []))).toEqual([
      "unstorable",
      "unstorable",
    ]);
  });
});
