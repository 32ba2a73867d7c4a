/** One run of one command: its environment, its run, and a clean screen afterwards. */
import type { Outcome } from "../model/exit-code.ts";
import { warningText } from "../output/human/note.ts";
import type { CommandDefinition } from "../run/command.ts";
import type { Context } from "../run/context.ts";
import type { EnvFileFlag } from "../run/flags.ts";
import { createRun, type RunFlags } from "../workflows/create-run.ts";

/** Throws what the command throws, and UsageError for a file of `--env-file` that cannot be used. */
export async function runCommand(
  definition: CommandDefinition,
  flags: RunFlags & EnvFileFlag,
  context: Context,
): Promise<Outcome> {
  try {
    const { context: own, warnings } = await contextOf(flags, context);
    const run = createRun(own, flags as never, definition.reportsOf);
    for (const warning of warnings) run.terminal.alert(warningText(warning, run.terminal.err.style));
    return await definition.run(run);
  } finally {
    context.statusLine.clear();
  }
}

/** With the variables of `--env-file`; what reads them is imported when there is one. */
async function contextOf(
  { envFile = [] }: EnvFileFlag,
  context: Context,
): Promise<{ readonly context: Context; readonly warnings: readonly string[] }> {
  if (envFile.length === 0) return { context, warnings: [] };
  const { withEnvFiles } = await import("../workflows/environment/with-env-files.ts");
  return withEnvFiles(context, envFile);
}
