import { assert, integer, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { isAcceptedStatus } from "../../../src/probe/http/accepted-status.ts";

const code = integer({ min: 100, max: 999 });

test("law: a list accepts what one of its codes or ranges holds, both ends included", () => {
  assert(
    property(code, code, tuple(code, code), (status, single, [from, to]) => {
      const expected = status === single || (status >= from && status <= to);
      expect(isAcceptedStatus(status, [`${single}`, `${from}-${to}`])).toBe(expected);
    }),
  );
});

test.each([
  { entry: " 200 - 299 ", accepts: [200, 299], refuses: [300] },
  { entry: "200-299,404", accepts: [200, 299], refuses: [404] },
  { entry: "2xx", accepts: [2], refuses: [200] },
  { entry: "abc", accepts: [], refuses: [200] },
  { entry: "200-", accepts: [], refuses: [200, 299] },
  { entry: "199-200-201", accepts: [], refuses: [199, 200, 201] },
])("the entry $entry is read as leniently as on the server", ({ entry, accepts, refuses }) => {
  expect(accepts.filter((status) => !isAcceptedStatus(status, [entry]))).toEqual([]);
  expect(refuses.filter((status) => isAcceptedStatus(status, [entry]))).toEqual([]);
});

test("an empty list accepts nothing", () => {
  expect(isAcceptedStatus(200, [])).toBe(false);
});
