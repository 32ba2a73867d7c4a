/** `docs/reference/` is written by `npx vitest run test/docs --update`. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { JsonObject } from "../../src/model/json.ts";
import { loadText } from "../config/load-text.ts";
import { referencePages } from "./reference/pages.ts";

const folder = fileURLToPath(new URL("../../docs/reference/", import.meta.url));
const pages = Object.entries(referencePages());

function width(row: string): number {
  return row.replaceAll(/\\\|/gu, "").split("|").length;
}

describe("the reference", () => {
  test.each(pages)("%s is the committed one", async (name, text) => {
    await expect(text).toMatchFileSnapshot(folder + name);
  });

  test("has no other pages", () => {
    expect(readdirSync(folder).toSorted()).toEqual(pages.map(([name]) => name).toSorted());
  });

  test.each(pages)("%s can be shown by a forge, which cuts off large files", (_, text) => {
    expect(text.length).toBeLessThan(300_000);
  });

  test.each(pages)("%s has rows as wide as their heads", (_, text) => {
    const rows = text.split("\n").filter((line) => line.startsWith("|"));
    const uneven = rows.filter(
      (row, index) => rows[index + 1]?.startsWith("| ---") === true && width(row) !== width(rows[index + 1] ?? ""),
    );
    expect(uneven).toEqual([]);
    expect(rows.filter((row) => /undefined|\[object/u.test(row))).toEqual([]);
  });
});

const blocks = pages.flatMap(([name, text]) =>
  [...text.matchAll(/^```yaml\n(.*?)^```$/gmsu)].map(([, yaml = ""]) => [name, yaml] as const),
);

/** What an example names and does not declare is declared elsewhere; what it reads is there. */
const notAMistake: readonly string[] = ["KS1101", "KS1103", "KS1301", "KS1607", "KS1611", "KS1621", "KS1305"];

test.each(blocks.map(([name, yaml], index) => [name, index, yaml] as const))(
  "%s, example %i",
  async (_name, _index, yaml) => {
    const head = { version: 1, project: "docs", vars: { base: "https://shop.example" } };
    const { findings } = await loadText(JSON.stringify({ ...head, ...(parse(yaml) as JsonObject) }));
    const errors = findings.filter(({ severity, code }) => severity === "error" && !notAMistake.includes(code));
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  },
);
