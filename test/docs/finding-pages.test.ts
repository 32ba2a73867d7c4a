/**
 * Every code has a page of the same shape, and the page is true: its first YAML block has the code with the severity that the
 * page says, its second does not have it. Findings of `validate` and of `test` count, because some codes come from the
 * experiment.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findingTitles } from "../../src/model/finding-codes.ts";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { blockerTitles } from "../../src/model/plan.ts";
import { columnsOf } from "../../src/output/layout/columns.ts";
import { runMain } from "../commands/fake-context.ts";

const folder = new URL("../../docs/findings/", import.meta.url);
const titles: Readonly<Record<string, string>> = { ...findingTitles, ...blockerTitles };
const pages = readdirSync(folder)
  .filter((name) => name.startsWith("KS"))
  .map((name) => ({ code: name.replace(".md", ""), text: readFileSync(new URL(name, folder), "utf8") }));

/** How the third line of a page begins. */
const severityWords = { error: "An error:", warning: "A warning:", info: "A note:" } as const;
/** A blocker has no severity. */
const starts: readonly string[] = [...Object.values(severityWords), "A refusal:", "A refusal,"];

/** In this order; each has at least one line. */
const headings = ["## What it means", "## Why it matters", "## How to fix it", "## Example"];

/** The YAML blocks of a page; a block without `version` gets the head that every configuration has. */
function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/```yaml\n(.*?)```/gsu)].map(([, block = ""]) =>
    /^(?:- )?version:/mu.test(block) ? block : `version: 1\nproject: shop\n${block}`,
  );
}

interface Said {
  readonly code: string;
  readonly severity: string;
}

async function saidOf(yaml: string): Promise<readonly Said[]> {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-page-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, "monitors.yaml"), yaml);
  const commands = ["validate", "test"];
  const runs = await Promise.all(commands.map((command) => runMain([command, "--format", "json"], { cwd })));
  return runs.flatMap(({ stdout }) => findingsIn(JSON.parse(stdout) as Json));
}

/** Wherever in the document they are. */
function findingsIn(value: Json): readonly Said[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => findingsIn(item));
  if (!isJsonObject(value)) return [];
  const { code, severity } = value;
  if (typeof code === "string" && typeof severity === "string") return [{ code, severity }];
  return Object.values(value).flatMap((item) => findingsIn(item));
}

describe("pages of codes", () => {
  test("there is one for each code, and none besides", () => {
    expect(pages.map(({ code }) => code)).toEqual(Object.keys(titles).toSorted());
  });

  test.each(pages)("$code begins with its title", ({ code, text }) => {
    expect(text.split("\n")[0]).toBe(`# ${code}: ${titles[code]}`);
  });

  test.each(pages)(
    "$code says how severe it is, what it means, why it matters, how to fix it, and has an example",
    ({ text }) => {
      const lines = text.split("\n");
      expect(starts.some((start) => lines[2]?.startsWith(start))).toBe(true);
      // Comments in examples begin with one sign.
      expect(lines.filter((line) => line.startsWith("## "))).toEqual(headings);
      const parts = text.split(/^## .*$/mu).slice(1);
      expect(parts.filter((part) => part.trim() === "")).toEqual([]);
      expect(parts.at(-1)).toContain("```");
    },
  );

  test.each(pages)("$code fits a screen of 80 columns, as `explain` prints it", ({ text }) => {
    expect(text.split("\n").filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  test.each(pages.filter(({ text }) => blocksOf(text).length > 0))(
    "$code has true examples",
    async ({ code, text }) => {
      const [bad = "", good] = blocksOf(text);
      const line = text.split("\n")[2] ?? "";
      const severity = Object.entries(severityWords).find(([, words]) => line.startsWith(words))?.[0];
      const said = (await saidOf(bad)).filter((finding) => finding.code === code);
      expect(said.map((finding) => finding.severity)).toContain(severity);
      const again = good === undefined ? [] : await saidOf(good);
      expect(again).not.toContainEqual(expect.objectContaining({ code }));
    },
  );
});
