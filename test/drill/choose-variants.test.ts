import { describe, expect, it } from "vitest";
import { chooseVariants, type VariantCandidate } from "../../src/drill/choose-variants.ts";
import { spread } from "../../src/drill/spread.ts";

function candidate(
  group: VariantCandidate["group"],
  name: string,
  more: Partial<VariantCandidate> = {},
): VariantCandidate {
  return { group, name, way: { type: "hang-up" }, expect: "down", ...more };
}

const outside = ["connection refused", "status 503", "closed", "status 500"].map((name) => candidate("outside", name));
const dead = ["a", "b", "HTML page", "c", "JSON null", "empty body", "d", "e"].map((name) => candidate("dead", name));
const faults = Array.from({ length: 20 }, (_, index) =>
  candidate("fault", `f${index}`, { path: `p${index >> 1}`, expect: index % 4 < 2 ? "down" : "up" }),
);
const harmless = ["h1", "h2"].map((name) => candidate("harmless", name, { expect: "up" }));
const all = [...outside, ...dead, ...faults, ...harmless];

function names(most: number): readonly string[] {
  return chooseVariants(all, most).map(({ name }) => name);
}

describe("a selection", () => {
  it("has each group in turn, and what every proxy can answer first", () => {
    expect(names(4)).toEqual(["connection refused", "HTML page", "f0", "h1"]);
    expect(names(8)).toEqual(["connection refused", "status 503", "HTML page", "JSON null", "f0", "f10", "h1", "h2"]);
  });

  it("has faults that the monitor sees and faults that it does not, each of another place", () => {
    const chosen = chooseVariants(faults, 6);
    expect(chosen.filter(({ expect: status }) => status === "down")).toHaveLength(3);
    expect(new Set(chosen.map(({ name }) => Number(name.slice(1)) >> 1)).size).toBe(6);
  });

  it("has all there are, in their order and without what only chose them", () => {
    expect(names(1000)).toEqual(all.map(({ name }) => name));
    expect(chooseVariants(faults, 1)).toEqual([
      { group: "fault", name: "f0", way: { type: "hang-up" }, expect: "down" },
    ]);
  });

  it("is empty without candidates", () => {
    expect(chooseVariants([], 10)).toEqual([]);
  });
});

describe("a spread list", () => {
  it("begins with its first, its middle and its quarters", () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  });

  it.each([0, 1, 3, 7, 100])("has all of its %i items once", (length) => {
    const items = Array.from({ length }, (_, index) => index);
    expect(spread(items).toSorted((left, right) => left - right)).toEqual(items);
  });
});
