/** Commander's tree of commands. A run imports and declares only the command that it is for. */
import { Command, CommanderError, type Argument } from "commander";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { CommandDefinition } from "../run/command.ts";
import type { Context } from "../run/context.ts";
import { versionText } from "../run/tool-version.ts";
import { createRun, type RunFlags } from "../workflows/create-run.ts";
import { commands, type ListedCommand } from "./commands.ts";
import { programHelp } from "./program-help.ts";

/** `args` without the program's own name. Throws UsageError for what the tree does not know. */
export async function runProgram(args: readonly string[], context: Context): Promise<Outcome> {
  let outcome: Outcome = { type: "done" };
  const program = createProgram(context);
  const called = calledCommand(args);
  if (called !== undefined) {
    await declareCommand(program, called, async (definition, flags) => {
      outcome = await runCommand(definition, flags, context);
    });
  }
  if (args.length === 0) {
    context.stderr.write(`${program.helpInformation()}\n`);
    throw new UsageError("no command was given", 'the first one to try is "kuma-sync validate"');
  }
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help was asked for and is written; commander ends every such run with an error.
    if (error.exitCode === 0) return { type: "done" };
    throw usageError(error, args, program);
  }
  return outcome;
}

/** The command that the arguments call or ask for help with. */
export function calledCommand([first, second]: readonly string[]): ListedCommand | undefined {
  return findCommand(first === "help" ? second : first);
}

function findCommand(word: string | undefined): ListedCommand | undefined {
  return commands.find(({ name, alias }) => word !== undefined && (word === name || word === alias));
}

export async function runCommand(definition: CommandDefinition, flags: RunFlags, context: Context): Promise<Outcome> {
  try {
    return await definition.run(createRun(context, flags as never, definition.reportsOf));
  } finally {
    context.statusLine.clear();
  }
}

/** With the names and the summaries of all commands; `declareCommand` adds what one of them takes. */
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
      // What is wrong with the arguments is printed where the error is caught.
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
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

/** Imports a command and adds its flags to the tree; `call` gets them, with the arguments by their names among them. */
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

/** Commander's own words are good; their prefix, their line breaks and what only its makers would say go. */
function usageError(error: CommanderError, args: readonly string[], program: Command): UsageError {
  const [first = "", ...guess] = wordsOf(error, args)
    .replace(/^error: (?:command-argument )?/u, "")
    .replace(/(?<= is invalid(?: for argument '[^']*')?)\. [^]/u, (why) => `: ${lowerFirst(why.slice(2))}`)
    // A password may have been typed as a flag: what follows the equals sign is not repeated.
    .replace(/^(?<option>unknown option '[^=']*)=[^]*$/u, "$<option>'")
    .split("\n");
  const command = program.commands.find((known) => [known.name(), ...known.aliases()].includes(args[0] ?? ""));
  const help = `see "kuma-sync ${command === undefined ? "" : `${command.name()} `}--help"`;
  const message = lowerFirst([first, ...guess].join(" ").trim().replace(/\.$/u, ""));
  return new UsageError(message, help);
}

/** Where a command is missing or is none of ours commander means to show help, and has no words for an error. */
function wordsOf(error: CommanderError, [first, second]: readonly string[]): string {
  if (error.code !== "commander.help") return error.message;
  return first === "help" ? `unknown command '${second}'` : `no command of "${first}" was given`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
