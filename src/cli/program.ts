/** The tree of commands. Each command is imported when it is called, so that none pays for the others. */
import { Command, CommanderError } from "commander";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Context } from "../run/context.ts";
import { declareChecking } from "./declare/checking.ts";
import { declareReconciling } from "./declare/reconciling.ts";
import { declareSettingUp } from "./declare/setting-up.ts";
import { commandHelp, programHelp } from "./help-texts.ts";
import { versionText } from "../run/tool-version.ts";

/** `args` without the program's own name. Throws UsageError for what the tree does not know. */
export async function runProgram(args: readonly string[], context: Context): Promise<Outcome> {
  let outcome: Outcome = { type: "done" };
  const program = createProgram(context, (ended) => {
    outcome = ended;
  });
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

/** `end` is told how the command ended. */
export function createProgram(context: Context, end: (outcome: Outcome) => void): Command {
  const { stdout } = context;
  const program = new Command("kuma-sync")
    .description("Monitoring as code for Uptime Kuma.")
    .version(versionText.trimEnd(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", programHelp)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // What is wrong with the arguments is told by whoever catches the error.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(stdout.columns ?? 100, 110),
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  const add = (name: keyof typeof commandHelp, summary: string): Command =>
    program.command(name).description(summary).addHelpText("after", commandHelp[name]).allowExcessArguments(false);

  const declaring = { add, context, end };
  declareChecking(declaring);
  declareReconciling(declaring);
  declareSettingUp(declaring);
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: readonly string[]) => {
      const { printCompletions } = await import("../commands/completion.ts");
      printCompletions(program, words, stdout);
    });
  return program;
}

/** Commander's own words are good; their prefix, their line breaks and what only its makers would say go. */
function usageError(error: CommanderError, args: readonly string[], program: Command): UsageError {
  const [first = "", ...guess] = wordsOf(error, args)
    .replace(/^error: (?:command-argument )?/u, "")
    .replace(/(?<= is invalid(?: for argument '[^']*')?)\. [^]/u, (why) => `: ${lowerFirst(why.slice(2))}`)
    // Somebody may take a password for a flag; what stands behind the sign is not repeated.
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
