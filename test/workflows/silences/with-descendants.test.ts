import { describe, expect, it } from "vitest";
import type { Row } from "../../../src/kinds/kind.ts";
import { withDescendants } from "../../../src/workflows/silences/with-descendants.ts";

function rowsOf(parents: Readonly<Record<number, number | null>>): readonly Row[] {
  return Object.entries(parents).map(([id, parent]) => ({
    id: Number(id),
    name: id,
    type: "http",
    owner: undefined,
    row: { parent },
  }));
}

function idsBelow(parents: Readonly<Record<number, number | null>>, chosen: number): readonly number[] {
  return withDescendants(rowsOf(parents), ({ id }) => id === chosen).map(({ id }) => id);
}

describe("withDescendants", () => {
  it("takes everything below a chosen group, at any depth", () => {
    expect(idsBelow({ 1: null, 2: 1, 3: 2, 4: null }, 1)).toEqual([1, 2, 3]);
    expect(idsBelow({ 1: null, 2: 1, 3: 2, 4: null }, 3)).toEqual([3]);
  });

  it("ends for groups that contain each other", () => {
    expect(idsBelow({ 1: 2, 2: 1, 3: 1, 4: null }, 4)).toEqual([4]);
    expect(idsBelow({ 1: 2, 2: 1, 3: 1 }, 2)).toEqual([1, 2, 3]);
  });
});
