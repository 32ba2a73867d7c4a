/** The tree of commands. Each command is imported when it is called, so that none pays for the others. */
import { Argument, Command, CommanderError, Option } from "commander";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { BootstrapFlags } from "./bootstrap.ts";
import type { ApplyCommandFlags } from "./apply.ts";
import { newestTestedServer } from "../query/server-rules.ts";
import type { Context } from "./context.ts";
import type { OpenWebUIAccountFlags } from "./bootstrap-open-webui.ts";
import {
  addAccountFlags,
  addApplyFlags,
  addConfigFlags,
  addFormatFlag,
  addOpenWebUIFlags,
  addOutputFlags,
  addScopeFlags,
  addServerFlags,
  collectRelease,
  addText,
  parsePort,
  parseRelease,
  parseReport,
  type FormatFlag,
} from "./flags.ts";
import { commandHelp, programHelp } from "./help-texts.ts";
import type { DoctorFlags } from "./doctor.ts";
import type { InitFlags } from "./init.ts";
import type { PlanFlags } from "./plan.ts";
import type { QueryFlags } from "./query.ts";
import type { SandboxFlags } from "./sandbox.ts";
import { schemaNames, type SchemaName } from "./schema.ts";
import type { StatusFlags } from "./status.ts";
import type { TestFlags } from "./test.ts";
import { versionText } from "./tool-version.ts";
import type { ValidateFlags } from "./validate.ts";

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
    .version(versionText().trimEnd(), "-V, --version", "print the version")
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

  addOutputFlags(addConfigFlags(add("validate", "check the configuration, without a server"))).action(
    async (flags: ValidateFlags) => end(await (await import("./validate.ts")).runValidate(context, flags)),
  );

  const query = add("query", "try a JSONata expression on a response, by the server's rules")
    .argument("<expression>", "as in jsonPath")
    .optionsGroup("Response:")
    .option("--body <file>", "a file with the response's body, or - for stdin")
    .option("--url <url>", "ask this URL as a monitor would")
    .option("-H, --header <header>", "a header of the request, as 'Name: value'; may be repeated", addText)
    .option("--method <method>", "the request's method (default: GET, or POST with --data)")
    .option("--data <body>", "the request's body, JSON")
    .optionsGroup("Verdict:")
    .option("--expect <text>", "the expected value; exit 9 when the monitor would be down")
    .option("--operator <operator>", "how value and expected value are compared", "==")
    .option("--server <version>", "the Uptime Kuma version that judges", parseRelease, newestTestedServer);
  addOutputFlags(query).action(async (expression: string, flags: QueryFlags) =>
    end(await (await import("./query.ts")).runQuery(context, expression, flags)),
  );

  const test = add("test", "prove that the monitors go red when they should; no server needed")
    .option("--server <version>", "judge as this Uptime Kuma version; may be repeated to compare", collectRelease)
    .option("--probe", "also send each HTTP monitor's request from here; exit 9 when one is down")
    .option("--report <report>", "also write a report: junit=FILE", parseReport);
  addOutputFlags(addConfigFlags(test)).action(async (flags: TestFlags) =>
    end(await (await import("./test.ts")).runTest(context, flags)),
  );

  const plan = add("plan", "show what would change; writes nothing")
    .alias("diff")
    .option("--detailed-exitcode", "exit 2 when there are changes, 0 when there are none")
    .option("--full", "show default fields, whole values, and every step of a fold");
  addOutputFlags(addServerFlags(addScopeFlags(addConfigFlags(plan)))).action(async (flags: PlanFlags) =>
    end(await (await import("./plan.ts")).runPlan(context, flags)),
  );

  const apply = add("apply", "make the server equal the configuration, and verify it");
  addOutputFlags(addServerFlags(addApplyFlags(addConfigFlags(apply)))).action(async (flags: ApplyCommandFlags) =>
    end(await (await import("./apply.ts")).runApply(context, flags)),
  );

  const status = add("status", "show what the managed monitors say now").option(
    "--watch",
    "go on until Ctrl-C: the table redrawn, or without a terminal a line for each change",
  );
  addOutputFlags(addServerFlags(addConfigFlags(status))).action(async (flags: StatusFlags) =>
    end(await (await import("./status.ts")).runStatus(context, flags)),
  );

  const bootstrap = add("bootstrap", "set up a new server: its database and its administrator")
    .addOption(
      new Option("--database <type>", "database of Uptime Kuma 2.x").choices(["sqlite", "mariadb"]).default("sqlite"),
    )
    .option("--db-host <host>", "MariaDB: its address, as the server sees it")
    .option("--db-port <port>", "MariaDB: its port", parsePort, 3306)
    .option("--db-name <name>", "MariaDB: the database", "kuma")
    .option("--db-username <name>", "MariaDB: the account; its password comes from KUMA_SYNC_DB_PASSWORD")
    .option("--apply", "then apply the configuration");
  addAccountFlags(addOutputFlags(addServerFlags(addApplyFlags(addConfigFlags(bootstrap))))).action(
    async (flags: BootstrapFlags & OpenWebUIAccountFlags) =>
      end(
        flags.openWebui === undefined
          ? await (await import("./bootstrap.ts")).runBootstrap(context, flags)
          : await (await import("./bootstrap-open-webui.ts")).runOpenWebUIBootstrap(context, flags),
      ),
  );

  const init = add("init", "write a first monitors.yaml for an Open WebUI")
    .option("--out <file>", "where to write it; never over a file that is there", "monitors.yaml")
    .option("--project <name>", "name of the project (default: open-webui)")
    .option("--model <id>", "a model to watch, not the first ones; may be repeated; enough without an address", addText)
    .option("--no-input", "never ask; implied when stdin is not a terminal or CI is set");
  addOutputFlags(addOpenWebUIFlags(init)).action(async (flags: InitFlags) =>
    end(await (await import("./init.ts")).runInit(context, flags)),
  );

  const doctor = add("doctor", "say what is wrong between monitors and an Open WebUI")
    .option("--model <id>", "a model that is to be watched; may be repeated", addText)
    .option("--completions", "also ask each model for an answer, which costs tokens")
    .option("--api-key-header <name>", "send the key in this header (default: Authorization)");
  addOutputFlags(addOpenWebUIFlags(doctor)).action(async (flags: DoctorFlags) =>
    end(await (await import("./doctor.ts")).runDoctor(context, flags)),
  );

  const sandbox = add("sandbox", "start a throwaway Uptime Kuma on this machine, until Ctrl-C")
    .option("--port <port>", "port on 127.0.0.1 (default: a free one)", parsePort)
    .addOption(new Option("--via <way>", "how to run it").choices(["auto", "docker", "npm"]).default("auto"));
  addOutputFlags(sandbox).action(async (flags: SandboxFlags) =>
    end(await (await import("./sandbox.ts")).runSandbox(context, flags)),
  );

  add("schema", "print a JSON Schema: of the configuration, or of a document of --format json")
    .addArgument(new Argument("[name]", "which").choices(schemaNames).default("config"))
    .action(async (name: SchemaName) => end(await (await import("./schema.ts")).runSchema(context, name)));

  addFormatFlag(add("version", "print the version")).action(async (flags: FormatFlag) =>
    end(await (await import("./version.ts")).runVersion(context, flags)),
  );
  return program;
}

/** Commander's own words are good; only their prefix and their line breaks go. */
function usageError(error: CommanderError, args: readonly string[], program: Command): UsageError {
  const [first = "", ...guess] = error.message.replace(/^error: /u, "").split("\n");
  const command = program.commands.find((known) => [known.name(), ...known.aliases()].includes(args[0] ?? ""));
  const help = `see "kuma-sync ${command === undefined ? "" : `${command.name()} `}--help"`;
  const message = lowerFirst([first, ...guess].join(" ").trim().replace(/\.$/u, ""));
  return new UsageError(message, help);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
