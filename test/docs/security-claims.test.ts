/** SECURITY.md and "Running in CI" promise nothing that no test proves, and every test that they rely on is there. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ciClaims, securityClaims, type Claim } from "./security-claims.ts";

const root = new URL("../../", import.meta.url);

/** Paragraphs, list items and table rows, without headings, code and the heads of tables. */
function blocksOf(page: string): readonly string[] {
  const text = readFileSync(new URL(page, root), "utf8").replaceAll(/^```[^]*?^```$/gmu, "");
  const parts = text.split(/\n{2,}/u).filter((part) => part.trim() !== "" && !part.startsWith("#"));
  return parts.flatMap((part) => {
    const lines = part.trim().split("\n");
    if (part.startsWith("|")) return lines.slice(2);
    return part.startsWith("- ") ? part.split(/\n(?=- )/u) : [part.trim()];
  });
}

describe.each<[string, readonly Claim[]]>([
  ["SECURITY.md", securityClaims],
  ["docs/running-in-ci.md", ciClaims],
])("%s", (page, claims) => {
  test("every line of it is a claim with tests, and every claim is in it", () => {
    const blocks = blocksOf(page);
    const claimed = blocks.map((block) => claims.filter(({ begins }) => block.startsWith(begins)).length);
    expect(blocks.filter((_, index) => claimed[index] !== 1)).toEqual([]);
    const begun = claims.filter(({ begins }) => !blocks.some((block) => block.startsWith(begins)));
    expect(begun).toEqual([]);
  });

  test.each(claims)("$begins", ({ tests, why }) => {
    expect(tests.length > 0).toBe(why === undefined);
    const missing = tests.filter(
      ([file, title]) => !readFileSync(new URL(`test/${file}`, root), "utf8").includes(title),
    );
    expect(missing).toEqual([]);
  });
});
