/**
 * Whatever is in the files: no exception, every finding inside its file, harmless when it is shown, and no secret in any of
 * them. `KUMA_SYNC_FUZZ=100000` sets how many files there are.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toDesired } from "../../src/config/desired.ts";
import { hasErrors, type Finding } from "../../src/model/finding.ts";
import { renderFindings } from "../../src/output/human/findings.ts";
import { createStyle } from "../../src/output/style.ts";
import { shownFindings } from "../../src/workflows/configuration/shown-findings.ts";
import { fuzzedDocument } from "./fuzz-documents.ts";
import { fixtureEnv, loadText } from "./load-text.ts";

const numRuns = Number(process.env["KUMA_SYNC_FUZZ"] ?? 4000);

const secrets = ["TOKEN", "HOST", "BIG_PORT", "KUMA_SYNC_PASSWORD"].map((name) => fixtureEnv[name] ?? "");

function isInside({ at }: Finding, lines: readonly string[]): boolean {
  if (at === undefined || at.line < 1 || at.line > lines.length || at.endLine > lines.length) return false;
  const length = lines[at.line - 1]?.length ?? 0;
  const isOrdered = at.endLine > at.line || (at.endLine === at.line && at.endColumn >= at.column);
  // One past the end is where something is missing.
  return at.column >= 1 && at.column <= length + 1 && isOrdered;
}

/** Anything that a terminal would obey, or a reader not see. */
const harmful = /(?!\n)\p{Cc}|\p{Cf}|^(::|##\[)/mu;

test(`${numRuns} fuzzed configurations`, { timeout: 3_600_000 }, async () => {
  const style = createStyle({ color: false, unicode: false });
  await fc.assert(
    fc.asyncProperty(fuzzedDocument, async (text) => {
      const config = await loadText(text);
      const { findings } = config;
      const sources = shownFindings(config, findings).sources;
      const lines = text.split("\n");
      const misplaced = findings.filter((finding) => !isInside(finding, lines));
      // Escapes (\e) are harmless until they are read.
      const isHarmless = !harmful.test(text) && !text.includes("\\");
      const shown = isHarmless ? "" : renderFindings(findings, { sources, style, width: 80 });
      const said = JSON.stringify(findings);
      const leaked = secrets.filter((secret) => shown.includes(secret) || said.includes(secret));
      const desired = hasErrors(findings) ? undefined : toDesired(config).desired;
      expect({ misplaced, leaked, harm: harmful.exec(shown)?.[0] }).toEqual({
        misplaced: [],
        leaked: [],
        harm: undefined,
      });
      expect(desired?.entities.size ?? config.entities.length).toBe(config.entities.length);
    }),
    { numRuns },
  );
});
