/** One command on several servers, side by side. Each speaks in its turn, when it is done; the worst exit code counts. */
import { UsageError } from "../model/errors.ts";
import { exitCodeOf, isOk, worstOutcome, type Outcome } from "../model/exit-code.ts";
import type { Json } from "../model/json.ts";
import { renderError } from "../output/human/error.ts";
import { createDocument, errorBody } from "../output/json.ts";
import { openConfiguration, type ReadFlags } from "./configuration.ts";
import type { Context, TextStream } from "./context.ts";
import type { OutputFlags, ReportFlags, ServerFlags } from "./flags.ts";
import { chooseTargets } from "./targets.ts";
import { createTerminal } from "./terminal.ts";

type TargetedFlags = ReadFlags & OutputFlags & ReportFlags & Pick<ServerFlags, "input"> & { readonly out?: string };

interface Ended {
  readonly name: string;
  readonly outcome: Outcome;
  readonly stdout: string;
  readonly stderr: string;
}

/** With at most one target `run` is called as if nothing stood between. */
export async function runForTargets<Flags extends TargetedFlags>(
  context: Context,
  flags: Flags,
  run: (context: Context, flags: Flags) => Promise<Outcome>,
): Promise<Outcome> {
  if (flags.allTargets !== true && (flags.target ?? []).length <= 1) return run(context, flags);
  const shared = withStdinRead(context);
  const names = chooseTargets((await openConfiguration(flags, shared)).targets, flags);
  refuseSharedFiles(flags, names);
  const ended = await Promise.all(names.map((name) => runFor(name, { context: shared, flags, run })));
  return tellAll(ended, createTerminal(context, flags), context);
}

async function runFor<Flags extends TargetedFlags>(
  name: string,
  {
    context,
    flags,
    run,
  }: {
    readonly context: Context;
    readonly flags: Flags;
    readonly run: (context: Context, flags: Flags) => Promise<Outcome>;
  },
): Promise<Ended> {
  const [stdout, stderr] = [recordOf(context.stdout), recordOf(context.stderr)];
  const own = { ...context, stdout: stdout.stream, stderr: stderr.stream };
  const inFile = (file: string): string => file.replaceAll(placeholder, name);
  const forOne = {
    ...flags,
    target: [name],
    allTargets: false,
    // Two questions at once would be answered for the wrong server.
    input: false,
    ...(flags.report === undefined ? {} : { report: flags.report.map(inFile) }),
    ...(flags.out === undefined ? {} : { out: inFile(flags.out) }),
  };
  const outcome = await run(own, forOne).catch((error: unknown): Outcome => {
    const terminal = createTerminal(own, flags);
    const failed: Outcome = { type: "failed", error };
    terminal.alert(renderError(error, { style: terminal.err.style, isVerbose: terminal.isVerbose }));
    terminal.printDocument(createDocument("error", failed, errorBody(error)));
    return failed;
  });
  return { name, outcome, stdout: stdout.text(), stderr: stderr.text() };
}

const placeholder = "{target}";

function refuseSharedFiles({ report = [], out }: TargetedFlags, names: readonly string[]): void {
  const shared = [...report, ...(out === undefined ? [] : [out])].find((file) => !file.includes(placeholder));
  if (shared === undefined || names.length < 2) return;
  throw new UsageError(
    `${names.length} targets would write to one file, "${shared}"`,
    `put ${placeholder} in its name, for example plan-${placeholder}.json`,
  );
}

function tellAll(ended: readonly Ended[], terminal: ReturnType<typeof createTerminal>, context: Context): Outcome {
  const outcome = worstOutcome(ended.map((one) => one.outcome));
  const { style } = terminal.out;
  for (const { name, stdout, stderr } of ended) {
    if (stderr !== "") context.stderr.write(stderr);
    if (terminal.isJson) continue;
    if (terminal.format === "human") context.stdout.write(`${style.bold(`target ${name}`)}\n`);
    context.stdout.write(`${stdout}${stdout.endsWith("\n\n") ? "" : "\n"}`);
  }
  const lines = ended.map(({ name, outcome: one }) => {
    const word = isOk(one) ? style.green("ok") : style.red(one.type);
    return `${name}: ${word} (exit ${exitCodeOf(one)})\n`;
  });
  terminal.print(lines.join(""));
  const targets = ended.map(({ name, outcome: one, stdout }) => ({
    name,
    exitCode: exitCodeOf(one),
    document: terminal.isJson ? (JSON.parse(stdout) as Json) : null,
  }));
  terminal.printDocument(createDocument("targets", outcome, { targets }));
  return outcome;
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
