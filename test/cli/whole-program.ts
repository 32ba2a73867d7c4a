/** The tree of commands with the flags of all of them, as no single run declares it. */
import type { Command } from "commander";
import { commands } from "../../src/cli/commands.ts";
import { createProgram, declareCommand } from "../../src/cli/command-tree.ts";
import { programHelp } from "../../src/cli/program-help.ts";
import type { Context } from "../../src/run/context.ts";

type Call = Parameters<typeof declareCommand>[2];

/** `call` gets the flags of the command that is parsed; without it nothing runs. */
export async function declareWholeProgram(
  context: Pick<Context, "stdout">,
  call: Call = () => Promise.resolve(),
): Promise<Command> {
  const program = createProgram(context);
  for (const listed of commands) await declareCommand(program, listed, call);
  return program;
}

/** What the help prints below the flags, by command; and below the list of commands. */
export async function allHelpTexts(): Promise<Readonly<Record<string, string>>> {
  const texts = commands.map(async ({ name, load }) => [name, (await load()).help] as const);
  return { ...Object.fromEntries(await Promise.all(texts)), program: programHelp };
}
