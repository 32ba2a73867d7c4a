import { expect, it } from "vitest";
import {
  factsByRelease,
  holds,
  isUntested,
  newestTestedOpenWebUI,
} from "../../../../src/services/open-webui/facts/facts-by-release.ts";

const page = [
  "# What changed in which release of Open WebUI",
  "",
  "Look up here from which release on Open WebUI does something that kuma-sync depends on.",
  "`test/services/open-webui/facts/facts-by-release.test.ts` makes this page from the table that the program reads",
  `(\`src/services/open-webui/facts/facts-by-release.ts\`); do not edit it. The newest tested release is ${newestTestedOpenWebUI}.`,
  "",
  "| from | before | what |",
  "| --- | --- | --- |",
  ...Object.values(factsByRelease).map(
    (fact) => `| ${fact.since} | ${"before" in fact ? fact.before : ""} | ${fact.means} |`,
  ),
  "",
].join("\n");

it("is shown in the documentation", async () => {
  await expect(page).toMatchFileSnapshot("../../../../docs/upstream/open-webui-releases.md");
});

it("says from which release to which a fact holds", () => {
  expect(holds("completions-answer-null", "0.6.26")).toBe(false);
  expect(holds("completions-answer-null", "v0.9.1")).toBe(true);
  expect(holds("completions-answer-null", "0.9.2")).toBe(false);
  expect(holds("second-factor", undefined)).toBeUndefined();
});

it("knows which releases nobody tested", () => {
  const releases = ["0.11.4", newestTestedOpenWebUI, "0.12.5", "0.13.0", "1.0.0", "0.13.0-dev"];
  expect(releases.filter(isUntested)).toEqual(["0.12.5", "0.13.0", "1.0.0", "0.13.0-dev"]);
  expect(isUntested(undefined)).toBe(false);
});
