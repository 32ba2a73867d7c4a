/** `version`: of this tool, and of what it runs on. */
import type { Outcome } from "../model/exit-code.ts";
import { createDocument } from "../output/json.ts";
import type { Context } from "../run/context.ts";
import type { FormatFlag } from "../run/flags.ts";
import { createTerminal } from "../run/terminal.ts";
import { toolVersion, versionText } from "../run/tool-version.ts";

export async function runVersion(context: Context, flags: FormatFlag): Promise<Outcome> {
  const terminal = createTerminal(context, { format: flags.format, color: "auto" });
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
