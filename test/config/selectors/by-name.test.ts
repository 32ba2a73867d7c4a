import { expect, test } from "vitest";
import { compareNames } from "../../../src/config/selectors/by-name.ts";

test("names are sorted as people would", () => {
  const names = ["web 10", "Web 2", "api", "Zeta", "web 02b", "web", "2", "10", "éclair"];
  expect(names.toSorted(compareNames)).toEqual([
    "2",
    "10",
    "api",
    "web",
    "Web 2",
    "web 02b",
    "web 10",
    "Zeta",
    "éclair",
  ]);
});
