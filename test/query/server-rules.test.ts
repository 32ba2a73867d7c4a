import { expect, it } from "vitest";
import { newestTestedVersion } from "../../src/model/release.ts";
import { serverRules } from "../../src/query/server-rules.ts";

it.each([
  ["1.23.0", "required", "2.0.3", "2.0.6"],
  ["1.23.11", "required", "2.0.3", "2.0.6"],
  ["1.23.12", "unless-json-header", "2.0.4", "2.0.6"],
  ["1.23.15", "unless-json-header", "2.0.5", "2.0.6"],
  ["1.23.16", "unless-json-header", "2.0.6", "2.0.6"],
  ["1.23.17", "unless-json-header", "2.1.0", "2.1.0"],
  ["2.0.0-dev.0", "required", "^2.0.3", "2.2.2"],
  ["2.0.0-beta.0", "always", "2.0.5", "2.0.6"],
  ["2.0.0-beta.3", "always", "2.0.6", "2.0.6"],
  ["2.0.0-beta.4", "always", "2.1.0", "2.1.0"],
  ["2.0.2", "always", "2.1.0", "2.1.0"],
  ["2.3.2", "always", "2.1.0", "2.1.0"],
  ["2.4.0", "always", "2.1.1", "2.1.1"],
  ["2.5.3", "always", "2.1.1", "2.1.1"],
  ["2.5.3-nightly-20260801", "always", "2.1.1", "2.1.1"],
  ["2.5.4-beta.1", "always", "2.2.2", "2.2.2"],
  ["2.5.4", "always", "2.2.2", "2.2.2"],
  ["2.5.5", "always", "2.2.2", "2.2.2"],
] as const)("%s decodes %s with jsonata %s, run here as %s", (version, secondDecode, lockedEngine, engine) => {
  expect(serverRules(version)).toMatchObject({ version, secondDecode, lockedEngine, engine });
});

it.each(["1.23.17", "2.0.2", "2.1.0"])("%s has operators from 2.0 on, and names arrays from 2.1 on", (version) => {
  const rules = serverRules(version);
  expect(rules.hasOperators).toBe(version.startsWith("2"));
  expect(rules.namesArrays).toBe(version === "2.1.0");
});

it("says when it uses another jsonata release, or the server is untested", () => {
  expect(serverRules("2.5.3").notes).toEqual([]);
  expect(serverRules("1.23.11").notes).toEqual([expect.stringContaining("locks jsonata 2.0.3")]);
  expect(serverRules("2.6.0")).toMatchObject({ engine: "2.2.2", hasOperators: true, namesArrays: true });
  expect(serverRules("3.0.0").notes).toEqual([expect.stringContaining(`newer than ${newestTestedVersion}`)]);
  expect(serverRules("1.22.1").notes).toContainEqual(expect.stringContaining("no json-query monitors"));
});
