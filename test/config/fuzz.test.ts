/** Whatever is in the files: no exception, every finding inside its file, and no secret in any of them. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toDesired } from "../../src/config/desired.ts";
import { hasErrors, type Finding } from "../../src/model/finding.ts";
import { fixtureEnv, loadText } from "./load-text.ts";

const seeds = ["err", "ok"].flatMap((name) => {
  const folder = fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url));
  return (
    readdirSync(folder)
      // An alias bomb costs as much as its budget allows, once for each of its mutants.
      .filter((file) => file.endsWith(".yaml") && file !== "billion-laughs.yaml")
      .map((file) => readFileSync(folder + file, "utf8"))
  );
});

const inserted = fc.oneof(
  fc.constantFrom("", "\n", "\t", "  ", ": ", "- ", "'", '"', "[", "]", "{", "}", "\r\n", "\u0000", "😀"),
  fc.constantFrom("&a ", "*a", "!x ", "|", ">", "#", "---\n", "<<: ", "~", "null", "1e999", "0x", "true"),
  fc.constantFrom("${env:TOKEN}", "${env:HOST}", "${env:PORT}", "${var:x}", "${file:x}", "${", "}", "$${"),
  fc.constantFrom("version", "project", "type", "__proto__: ", "constructor: ", "monitors:\n"),
);
const edit = fc.record({ at: fc.nat(), length: fc.integer({ min: 0, max: 12 }), put: inserted });
const mutant = fc
  .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 5 }))
  .map(([seed, edits]) => {
    let text = seed;
    for (const { at, length, put } of edits) {
      const start = at % (text.length + 1);
      text = text.slice(0, start) + put + text.slice(start + length);
    }
    return text;
  });

const secrets = ["TOKEN", "HOST", "BIG_PORT", "KUMA_SYNC_PASSWORD"].map((name) => fixtureEnv[name] ?? "");

function isInside({ at }: Finding, lines: readonly string[]): boolean {
  if (at === undefined || at.line < 1 || at.line > lines.length || at.endLine > lines.length) return false;
  const length = lines[at.line - 1]?.length ?? 0;
  const isOrdered = at.endLine > at.line || (at.endLine === at.line && at.endColumn >= at.column);
  // One past the end is where something is missing.
  return at.column >= 1 && at.column <= length + 1 && isOrdered;
}

test("mutated configurations", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(mutant, async (text) => {
      const config = await loadText(text);
      const { findings } = config;
      const lines = text.split("\n");
      expect(findings.filter((finding) => !isInside(finding, lines))).toEqual([]);
      const shown = JSON.stringify(findings);
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
      const isUsable = !hasErrors(findings);
      const count = isUsable ? toDesired(config).desired.entities.size : config.entities.length;
      expect(count).toBe(config.entities.length);
    }),
    { numRuns: 2000 },
  );
});
