/** Commander's tree of commands. */
import { Command, type Argument } from "commander";
import type { CommandDefinition } from "../run/command.ts";
import type { Context } from "../run/context.ts";
import { versionText } from "../run/tool-version.ts";
import type { RunFlags } from "../workflows/create-run.ts";
import { commands, type ListedCommand } from "./commands.ts";
import { programHelp } from "./program-help.ts";

/** The command with this name or alias. */
export function findCommand(word: string | undefined): ListedCommand | undefined {
  return commands.find(({ name, alias }) => word !== undefined && (word === name || word === alias));
}

/** The program with the name and summary of each command. `declareCommand` adds the flags and arguments of one. */
export function createProgram({ stdout }: Pick<Context, "stdout">): Command {
  const program = new Command("kuma-sync")
    .description("Monitoring as code for Uptime Kuma.")
    .version(versionText.trimEnd(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", programHelp)
    .exitOverride()
    .configureHelp({
      showGlobalOptions: false,
      // Without "[options]": the flags of most commands are not declared in this run.
      subcommandTerm: (command) =>
        [[command.name(), ...command.aliases()].join("|"), ...command.registeredArguments.map(argumentTerm)].join(" "),
    })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Errors in the arguments are printed where they are caught.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(stdout.columns ?? 100, 110),
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const { name, alias, summary } of commands) {
    const command = program.command(name).description(summary).allowExcessArguments(false);
    if (alias !== undefined) command.alias(alias);
  }
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: readonly string[]) => {
      const { printCompletions } = await import("./complete.ts");
      const listed = findCommand(words[0]);
      if (listed !== undefined) await declareCommand(program, listed, async () => undefined);
      printCompletions(program, words, stdout);
    });
  return program;
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Imports a command and declares its flags. `call` gets the flags, with the arguments by name. */
export async function declareCommand(
  program: Command,
  { name, load }: ListedCommand,
  call: (definition: CommandDefinition, flags: RunFlags) => Promise<void>,
): Promise<void> {
  const definition = await load();
  const command = program.commands.find((known) => known.name() === name) as Command;
  const declared = definition.declare(command);
  for (const one of new Set([command, declared])) one.addHelpText("after", definition.help);
  declared.action(async () => {
    for (const [index, argument] of declared.registeredArguments.entries())
      declared.setOptionValue(argument.name(), declared.processedArgs[index]);
    await call(definition, declared.opts());
  });
}
