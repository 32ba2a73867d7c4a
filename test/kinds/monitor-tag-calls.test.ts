import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tagCalls, type TagCall, type TagLink } from "../../src/kinds/monitor-tag-calls.ts";

/** The server's own rules for tag links (docs/upstream/uptime-kuma.md#tags). */
function carryOut(rows: readonly TagLink[], { event, tagId, value }: TagCall): TagLink[] {
  switch (event) {
    case "addMonitorTag":
      return [...rows, { tagId, value }];
    case "editMonitorTag":
      return rows.map((row) => (row.tagId === tagId ? { tagId, value } : row));
    case "deleteMonitorTag":
      // NULL equals no value in SQL.
      return rows.filter((row) => row.tagId !== tagId || row.value === null || row.value !== value);
    default:
      return event satisfies never;
  }
}

function asSet(links: readonly TagLink[]): string[] {
  return [...new Set(links.map(({ tagId, value }) => `${tagId}=${value ?? ""}`))].toSorted();
}

const value = fc.constantFrom("", "a", "b");
const link = fc.record({ tagId: fc.integer({ min: 1, max: 3 }), value: fc.option(value) });
const wanted = fc.uniqueArray(fc.record({ tagId: fc.integer({ min: 1, max: 3 }), value }), {
  selector: ({ tagId, value: text }) => `${tagId}=${text}`,
});

test("any links become the wanted ones, double and NULL rows too", () => {
  fc.assert(
    fc.property(fc.array(link), wanted, (have, want) => {
      const after = tagCalls(have, want).reduce(carryOut, [...have]);
      expect(asSet(after)).toEqual(asSet(want));
    }),
  );
});

test("links that are right cost nothing", () => {
  fc.assert(
    fc.property(wanted, (want) => {
      expect(tagCalls(want, want)).toEqual([]);
    }),
  );
});

test("one changed value is one call, from NULL too", () => {
  const edit = [{ event: "editMonitorTag", tagId: 1, value: "b" }];
  expect(tagCalls([{ tagId: 1, value: "a" }], [{ tagId: 1, value: "b" }])).toEqual(edit);
  expect(tagCalls([{ tagId: 1, value: null }], [{ tagId: 1, value: "b" }])).toEqual(edit);
});
