/**
 * Runs one command on several servers at the same time. The output of each is printed as a whole, and the worst exit
 * code counts.
 */
import type { OpenConfig } from "../../config/load.ts";
import { UsageError } from "../../model/errors.ts";
import { exitCodeOf, isOk, worstOutcome, type Outcome } from "../../model/exit-code.ts";
import type { Json } from "../../model/json.ts";
import { createDocument } from "../../output/json.ts";
import { targetHeading, targetsText } from "../../output/human/targets.ts";
import type { ReportingCommand } from "../../output/report-format.ts";
import type { Context, TextStream } from "../../run/context.ts";
import type { ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { openConfiguration, type ReadFlags } from "../configuration/read-configuration.ts";
import { createRun, type RunFlags } from "../create-run.ts";
import { publishError } from "../reports/publish.ts";
import { chooseTargets } from "./choose-targets.ts";

type TargetedFlags = ReadFlags & RunFlags & Pick<ServerFlags, "input">;

/** Runs the command for the target that the flags of `run` name. `opened` has the parsed files. */
type RunTarget<Flags> = (run: Run<Flags>, opened: OpenConfig) => Promise<Outcome>;

interface FinishedTarget {
  readonly name: string;
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Reads the files once for all targets. With at most one target, `runTarget` gets `run` itself. `reportsOf` is as for
 * `createRun`.
 */
export async function runForTargets<Flags extends TargetedFlags>(
  run: Run<Flags>,
  reportsOf: ReportingCommand | undefined,
  runTarget: RunTarget<Flags>,
): Promise<Outcome> {
  const { flags } = run;
  const opened = await openConfiguration(run);
  if (!namesSeveral(flags)) return runTarget(run, opened);
  const names = chooseTargets(opened.targets, flags);
  refuseSharedFiles(flags, names);
  const context = withRepeatableStdin(run.context);
  // All runs are created before the first starts, so that wrong flags of one are found before anything is written.
  const recorded = names.map((name) => recordTarget({ ...run, context }, name, reportsOf));
  const finished = await Promise.all(recorded.map((target) => finishTarget(target, opened, runTarget)));
  return printAll(run, finished);
}

/** Whether the flags may select more than one server. */
export function namesSeveral({ allTargets = false, target = [] }: TargetedFlags): boolean {
  return allTargets || target.length > 1;
}

/** The run of one target, whose output is kept until it ends. */
interface RecordedTarget<Flags> {
  readonly name: string;
  readonly run: Run<Flags>;
  readonly stdout: RecordedStream;
  readonly stderr: RecordedStream;
}

function recordTarget<Flags extends TargetedFlags>(
  { context, flags }: Run<Flags>,
  name: string,
  reportsOf: ReportingCommand | undefined,
): RecordedTarget<Flags> {
  const [stdout, stderr] = [recordOf(context.stdout), recordOf(context.stderr)];
  const own: Context = { ...context, stdout: stdout.stream, stderr: stderr.stream };
  return { name, run: createRun(own, flagsFor(name, flags), reportsOf), stdout, stderr };
}

async function finishTarget<Flags>(
  { name, run, stdout, stderr }: RecordedTarget<Flags>,
  opened: OpenConfig,
  runTarget: RunTarget<Flags>,
): Promise<FinishedTarget> {
  const outcome = await runTarget(run, opened).catch((error: unknown) => publishError(run, error));
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
    // With two prompts at once, an answer could go to the wrong server.
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

function printAll(run: Run, finished: readonly FinishedTarget[]): Outcome {
  const { terminal } = run;
  const outcome = worstOutcome(finished.map((one) => one.outcome));
  for (const one of finished) printTarget(run, one);
  const targets = finished.map(({ name, outcome: one, stdout: text }) => ({
    name,
    isOk: isOk(one),
    type: one.type,
    exitCode: exitCodeOf(one),
    document: terminal.isJson ? (JSON.parse(text) as Json) : null,
  }));
  terminal.print(targetsText(targets, terminal.out.style));
  const documents = targets.map(({ name, exitCode, document }) => ({ name, exitCode, document }));
  terminal.printDocument(createDocument("targets", outcome, { targets: documents }));
  return outcome;
}

/** Each stream must say which target it is about. A terminal shows both streams, so one heading is enough. */
function printTarget({ context, terminal }: Run, target: FinishedTarget): void {
  const { stdout, stderr } = context;
  const { out, err, format, isJson } = terminal;
  if (target.stderr !== "") stderr.write(`${targetHeading(target.name, err.style)}${target.stderr}`);
  if (isJson || target.stdout === "") return;
  const isHeaded = target.stderr !== "" && stdout.isTty && stderr.isTty;
  if (format === "human" && !isHeaded) stdout.write(targetHeading(target.name, out.style));
  stdout.write(`${target.stdout}${target.stdout.endsWith("\n\n") ? "" : "\n"}`);
}

interface RecordedStream {
  readonly stream: TextStream;
  readonly text: () => string;
}

/** A stream whose text is kept while other targets print. */
function recordOf(stream: TextStream): RecordedStream {
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

/** Standard input can only be read once, and --password-stdin is for every target. */
function withRepeatableStdin(context: Context): Context {
  let text: Promise<string> | undefined;
  const readText = (): Promise<string> => (text ??= context.stdin.readText());
  return { ...context, stdin: { isTty: false, readText } };
}
