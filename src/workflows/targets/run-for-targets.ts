/** One command on several servers, side by side. Each speaks in its turn, when it is done; the worst exit code counts. */
import { UsageError } from "../../model/errors.ts";
import { exitCodeOf, isOk, worstOutcome, type Outcome } from "../../model/exit-code.ts";
import type { Json } from "../../model/json.ts";
import { createDocument } from "../../output/json.ts";
import type { ReportingCommand } from "../../output/report-format.ts";
import { openConfiguration, type ReadFlags } from "../configuration/configuration.ts";
import type { Context, TextStream } from "../../run/context.ts";
import type { OutputFlags, ReportFlags, ServerFlags } from "../../run/flags.ts";
import { parseReports, publishError } from "../reports/reports.ts";
import { chooseTargets } from "./choose-targets.ts";
import { causeOf, tellError } from "../../run/tell-error.ts";
import { createTerminal, type Terminal } from "../../run/terminal.ts";

type TargetedFlags = ReadFlags & OutputFlags & ReportFlags & Pick<ServerFlags, "input"> & { readonly out?: string };

interface TargetedRun<Flags extends TargetedFlags> {
  readonly context: Context;
  readonly flags: Flags;
  /** Whose reports there are; undefined for a command without. */
  readonly command?: ReportingCommand;
  readonly run: (context: Context, flags: Flags) => Promise<Outcome>;
}

interface Ended {
  readonly name: string;
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr: string;
}

/** With at most one target `run` is called as if nothing stood between. */
export async function runForTargets<Flags extends TargetedFlags>(input: TargetedRun<Flags>): Promise<Outcome> {
  const { flags, run } = input;
  if (!namesSeveral(flags)) return run(input.context, flags);
  const context = withStdinRead(input.context);
  const names = chooseTargets((await openConfiguration(flags, context, "withheld")).targets, flags);
  refuseSharedFiles(flags, names);
  const ended = await Promise.all(names.map((name) => runFor(name, { ...input, context })));
  return tellAll(ended, createTerminal(input.context, flags), input.context);
}

/** Whether the flags may mean more than one server. */
export function namesSeveral({ allTargets = false, target = [] }: TargetedFlags): boolean {
  return allTargets || target.length > 1;
}

async function runFor<Flags extends TargetedFlags>(
  name: string,
  { context, flags, command, run }: TargetedRun<Flags>,
): Promise<Ended> {
  const [stdout, stderr] = [recordOf(context.stdout), recordOf(context.stderr)];
  const own: Context = { ...context, stdout: stdout.stream, stderr: stderr.stream };
  const forOne = flagsFor(name, flags);
  const outcome = await run(own, forOne).catch(async (error: unknown) => {
    const terminal = createTerminal(own, forOne);
    const told = tellError(error, { context: own, terminal });
    const reports = command === undefined ? [] : parseReports(forOne, command, own);
    await publishError({ error: causeOf(error, own), outcome: told }, { context: own, terminal, reports });
    return told;
  });
  return { name, outcome, stdout: stdout.text(), stderr: stderr.text() };
}

const placeholder = "{target}";

function flagsFor<Flags extends TargetedFlags>(name: string, flags: Flags): Flags {
  const { report, out } = flags;
  const named = (file: string): string => file.replaceAll(placeholder, name);
  return {
    ...flags,
    target: [name],
    allTargets: false,
    // Two questions at once would be answered for the wrong server.
    input: false,
    ...(report === undefined ? {} : { report: report.map(named) }),
    ...(out === undefined ? {} : { out: named(out) }),
  };
}

function refuseSharedFiles({ report = [], out }: TargetedFlags, names: readonly string[]): void {
  const shared = [...report, ...(out === undefined ? [] : [out])].find((file) => !file.includes(placeholder));
  if (shared === undefined || names.length < 2) return;
  throw new UsageError(
    `${names.length} targets would write to one file, "${shared}"`,
    `put ${placeholder} in its name, for example plan-${placeholder}.json`,
  );
}

function tellAll(ended: readonly Ended[], terminal: Terminal, { stdout, stderr }: Context): Outcome {
  const outcome = worstOutcome(ended.map((one) => one.outcome));
  const { style } = terminal.out;
  for (const one of ended) speak(one, terminal, { stdout, stderr });
  const lines = ended.map(({ name, outcome: one }) => {
    const word = isOk(one) ? style.green("ok") : style.red(one.type);
    return `${name}: ${word} (exit ${exitCodeOf(one)})\n`;
  });
  terminal.print(lines.join(""));
  const targets = ended.map(({ name, outcome: one, stdout: text }) => ({
    name,
    exitCode: exitCodeOf(one),
    document: terminal.isJson ? (JSON.parse(text) as Json) : null,
  }));
  terminal.printDocument(createDocument("targets", outcome, { targets }));
  return outcome;
}

/** A reader of either stream has to know whose words these are; a terminal shows both, and one heading is enough. */
function speak(
  ended: Ended,
  { out, err, format, isJson }: Terminal,
  { stdout, stderr }: Pick<Context, "stdout" | "stderr">,
): void {
  const heading = `target ${ended.name}`;
  if (ended.stderr !== "") stderr.write(`${err.style.bold(heading)}\n${ended.stderr}`);
  if (isJson || ended.stdout === "") return;
  const isHeaded = ended.stderr !== "" && stdout.isTty && stderr.isTty;
  if (format === "human" && !isHeaded) stdout.write(`${out.style.bold(heading)}\n`);
  stdout.write(`${ended.stdout}${ended.stdout.endsWith("\n\n") ? "" : "\n"}`);
}

/** What is written while others write too. */
function recordOf(stream: TextStream): { readonly stream: TextStream; readonly text: () => string } {
  let text = "";
  return {
    stream: {
      isTty: false,
      columns: stream.columns,
      write: (chunk) => {
        text += chunk;
      },
    },
    text: () => text,
  };
}

/** Standard input can be read once, and every target reads the configuration. */
function withStdinRead(context: Context): Context {
  let text: Promise<string> | undefined;
  const readText = (): Promise<string> => (text ??= context.stdin.readText());
  return { ...context, stdin: { isTty: false, readText } };
}
