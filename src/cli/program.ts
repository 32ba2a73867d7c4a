/** Parses the arguments of a run and calls its command. Only that command is imported. */
import { CommanderError, type Command } from "commander";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Context } from "../run/context.ts";
import { createProgram, declareCommand, findCommand } from "./command-tree.ts";
import type { ListedCommand } from "./commands.ts";
import { runCommand } from "./run-command.ts";

/** `args` do not include the program's name. Throws UsageError for arguments that it does not know. */
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
    // Help was printed; commander ends such a run with an error.
    if (error.exitCode === 0) return { type: "done" };
    throw usageError(error, args, program);
  }
  return outcome;
}

/** The command that the arguments call, or ask for help with. */
export function calledCommand([first, second]: readonly string[]): ListedCommand | undefined {
  return findCommand(first === "help" ? second : first);
}

/** Uses commander's message, without its prefix, its line breaks and its internal details. */
function usageError(error: CommanderError, args: readonly string[], program: Command): UsageError {
  const [first = "", ...guess] = wordsOf(error, args)
    .replace(/^error: (?:command-argument )?/u, "")
    .replace(/(?<= is invalid(?: for argument '[^']*')?)\. [^]/u, (why) => `: ${lowerFirst(why.slice(2))}`)
    // A password may have been typed as a flag, so the text after the equals sign is not repeated.
    .replace(/^(?<option>unknown option '[^=']*)=[^]*$/u, "$<option>'")
    .split("\n");
  const command = program.commands.find((known) => [known.name(), ...known.aliases()].includes(args[0] ?? ""));
  const help = `see "kuma-sync ${command === undefined ? "" : `${command.name()} `}--help"`;
  const isConsent =
    /^unknown option '(?:-y|--yes)'$/u.test(first) && command?.options.some(({ long }) => long === "--auto-approve");
  const said = isConsent === true ? [first, "(Did you mean --auto-approve?)"] : [first, ...guess];
  const message = lowerFirst(said.join(" ").trim().replace(/\.$/u, ""));
  return new UsageError(message, help);
}

/** If the command is missing or unknown, commander shows help and has no error message. */
function wordsOf(error: CommanderError, [first, second]: readonly string[]): string {
  if (error.code !== "commander.help") return error.message;
  return first === "help" ? `unknown command '${second}'` : `no command of "${first}" was given`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
