/** `explain`: prints the page of a code from docs/findings. */
import { readFile } from "node:fs/promises";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { findingTitles } from "../model/finding-codes.ts";
import { guess } from "../model/guess.ts";
import { blockerTitles } from "../model/plan.ts";
import { createDocument } from "../output/json.ts";
import { packageFile } from "../documents/package-file.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addFormatFlag } from "../run/declare-flags.ts";
import type { FormatFlag } from "../run/flags.ts";
import type { Run } from "../run/run.ts";

interface ExplainFlags extends FormatFlag {
  readonly code?: string;
}

export const explainCommand: CommandDefinition<ExplainFlags> = {
  help: `
Examples:
  kuma-sync explain KS1505
  kuma-sync explain                           every code and its title
`,
  declare: (command) => addFormatFlag(command.argument("[code]", "such as KS1505 (default: all)")),
  run: runExplain,
};

const titles: ReadonlyMap<string, string> = new Map(Object.entries({ ...findingTitles, ...blockerTitles }));

/** Without a code: all codes with their titles. Throws UsageError for a code that is none. */
async function runExplain({ terminal, flags }: Run<ExplainFlags>): Promise<Outcome> {
  const { code } = flags;
  const outcome: Outcome = { type: "done" };
  if (code === undefined) {
    terminal.print([...titles].map(([known, title]) => `${known}  ${title}\n`).join(""));
    const codes = [...titles].map(([known, title]) => ({ code: known, title }));
    terminal.printDocument(createDocument("codes", outcome, { codes }));
    return outcome;
  }
  const known = code.toUpperCase();
  const title = titles.get(known);
  if (title === undefined) {
    const near = guess(known, [...titles.keys()]);
    const hint = near === undefined ? "" : `did you mean ${near}? `;
    throw new UsageError(`there is no code "${code.slice(0, 40)}"`, `${hint}"kuma-sync explain" lists all of them`);
  }
  const text = await readFile(packageFile(`docs/findings/${known}.md`), "utf8");
  terminal.print(text);
  terminal.printDocument(createDocument("code", outcome, { code: known, title, text }));
  return outcome;
}
