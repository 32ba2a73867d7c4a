/** `version`: prints the version of this tool, and of what it runs on. */
import type { Outcome } from "../model/exit-code.ts";
import { createDocument } from "../output/json.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addFormatFlag } from "../run/declare-flags.ts";
import type { FormatFlag } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { toolVersion, versionText } from "../run/tool-version.ts";

export const versionCommand: CommandDefinition<FormatFlag> = {
  help: `
Example:
  kuma-sync version --format json
`,
  declare: (command) => addFormatFlag(command),
  run: runVersion,
};

async function runVersion({ context, terminal }: Run): Promise<Outcome> {
  const outcome: Outcome = { type: "done" };
  terminal.print(versionText);
  terminal.printDocument(
    createDocument("version", outcome, {
      version: toolVersion,
      node: context.nodeVersion,
      platform: context.platform,
    }),
  );
  return outcome;
}
