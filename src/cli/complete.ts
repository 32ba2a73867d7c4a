/** Answers the shell's completion script, by the hidden command `complete`. */
import { RootCommand, ShellCompDirective, type Command as Completed } from "@bomb.sh/tab";
import type { Command } from "commander";
import type { TextStream } from "../run/context.ts";

/** Prints candidates for the last word: one on each line, with a tab and a description. */
export function printCompletions(program: Command, words: readonly string[], stdout: TextStream): void {
  if (isFileNext(program, words)) {
    stdout.write(`:${ShellCompDirective.ShellCompDirectiveDefault}\n`);
    return;
  }
  const root = new RootCommand();
  describe(root, program);
  for (const command of program.createHelp().visibleCommands(program)) {
    describe(root.command(command.name(), command.description()), command);
  }
  root.parse([...words]);
}

/** The library never lets the shell complete files, and most options here take one. */
function isFileNext(program: Command, words: readonly string[]): boolean {
  const command = program.commands.find(
    (known) => known.name() === words[0] || known.aliases().includes(words[0] ?? ""),
  );
  const before = words.at(-2);
  const option = command?.options.find(
    ({ long, short }) => before !== undefined && (before === long || before === short),
  );
  if (option !== undefined && (option.required || option.optional))
    return /<(?:file|path|format=file)>/u.test(option.flags);
  return isFileArgument(command, words.at(-1) ?? "");
}

/** The names of arguments tell whether they are files. */
function isFileArgument(command: Command | undefined, word: string): boolean {
  const isFile = command?.registeredArguments.some((argument) => ["files", "plan"].includes(argument.name()));
  return isFile === true && !word.startsWith("-");
}

function describe(completed: Completed, command: Command): void {
  const { options, registeredArguments } = command;
  for (const { long, short, description, argChoices, required, optional } of options) {
    if (long === undefined || long === null) continue;
    const complete = (found: (value: string, description: string) => void): void => {
      for (const choice of argChoices ?? []) found(choice, "");
    };
    const name = long.replace(/^--/u, "");
    const alias = short?.replace(/^-/u, "");
    if (required || optional) completed.option(name, description, complete, alias);
    else completed.option(name, description, alias);
  }
  for (const argument of registeredArguments) {
    completed.argument(
      argument.name(),
      (found) => {
        for (const choice of argument.argChoices ?? []) found(choice, "");
      },
      argument.variadic,
    );
  }
}
