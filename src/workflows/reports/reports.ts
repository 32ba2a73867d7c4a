/**
 * `--report FORMAT=FILE` and the formats of stdout that are rendered from the data of a run. Reports are written after failures
 * too, and a report that cannot be written never hides how the run itself ended.
 */
import { reportDataPlaces } from "../../secrets/data-places.ts";
import { resolve } from "node:path";
import { MachineError, UsageError } from "../../model/errors.ts";
import { isOk, type Outcome } from "../../model/exit-code.ts";
import { describeError } from "../../output/words/error.ts";
import { renderError } from "../../output/human/error.ts";
import type { ReportData } from "../../model/report-data.ts";
import { reportFormats, type ReportFormat, type ReportingCommand } from "../../output/report-format.ts";
import type { Context } from "../../run/context.ts";
import type { ReportFlags } from "../../run/flags.ts";
import { givenValues } from "../../run/given-values.ts";
import type { Terminal } from "../../run/terminal.ts";
import { toolVersion } from "../../run/tool-version.ts";
import { appendTo, checkTargets, writeOver } from "../files/write-files.ts";

export interface ReportRequest {
  readonly format: ReportFormat;
  /** As it was given, relative to the working directory. */
  readonly file: string;
}

/** The outputs of a run that go to files. */
interface FileFlags extends ReportFlags {
  readonly out?: string | undefined;
}

/**
 * Throws UsageError for a format that the command does not have, for two outputs that would go to one file, and for a place
 * that is not written to (write-target.ts): before anything is asked of a server.
 */
export function parseReports(
  { report = [], out }: FileFlags,
  command: ReportingCommand,
  { cwd }: Pick<Context, "cwd">,
): readonly ReportRequest[] {
  const formats: readonly ReportFormat[] = reportFormats[command];
  const requests = report.map((text): ReportRequest => {
    const { name, file } = splitRequest(text);
    const format = formats.find((known) => known === name);
    if (format === undefined || file === "") {
      throw new UsageError(
        `--report ${text}: that is no report of ${command}`,
        `write FORMAT=FILE; FORMAT is ${formats.join(", ")}`,
      );
    }
    return { format, file };
  });
  const reports = requests.map(({ format, file }) => ({ flag: `--report ${format}`, file }));
  refuseOneFileForTwo([{ flag: "--out", file: out }, ...reports], cwd);
  checkTargets([out, ...requests.map(({ file }) => file)], { cwd });
  return requests;
}

/** The second would replace the first, however the file is spelled. Throws UsageError. */
export function refuseOneFileForTwo(
  outputs: readonly { readonly flag: string; readonly file: string | undefined }[],
  cwd: string,
): void {
  const flags = new Map<string, string>();
  for (const { flag, file } of outputs) {
    if (file === undefined) continue;
    const path = resolve(cwd, file);
    const other = flags.get(path);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${flag} would write to one file, "${file}"`, "give each a file of its own");
    }
    flags.set(path, flag);
  }
}

/**
 * The reports that raw arguments ask for, for a run that ended with an error before, or because, they could not be read. What
 * cannot be understood is left out.
 */
export function findReports(args: readonly string[], context: Pick<Context, "cwd">): readonly ReportRequest[] {
  const command = args.map((arg) => sameReports.get(arg) ?? arg).find(isReporting);
  if (command === undefined) return [];
  try {
    const flags = { report: givenValues("--report", args), out: givenValues("--out", args).at(-1) };
    return parseReports(flags, command, context);
  } catch {
    return [];
  }
}

export interface Publication {
  readonly context: Context;
  readonly terminal: Terminal;
  readonly reports: readonly ReportRequest[];
}

/**
 * Says in every way that was asked for what a run has to say: the reports, the document of stdout (nothing in human format,
 * whose text was printed as it came), and in GitHub Actions annotations and the summary of the step. Gives the outcome that
 * counts: a report that cannot be written is told, and fails a run that was well so far. The reports come first, so that the
 * one document on stdout agrees with the exit code.
 */
export function publish(data: ReportData, publication: Publication): Promise<Outcome> {
  // A report is what is left of a run that a signal has ended.
  return publication.context.whileWriting(() => publishAll(data, publication));
}

async function publishAll(data: ReportData, publication: Publication): Promise<Outcome> {
  const { context, terminal, reports } = publication;
  const [failure] = await writeReports(reports, data, publication);
  const told: ReportData =
    failure !== undefined && isOk(data.outcome) ? { ...data, outcome: { type: "failed", error: failure } } : data;
  const { format } = terminal;
  if (format !== "human") terminal.printRendered(await render(told, format, context));
  await annotate(told, publication);
  await appendStepSummary(told, context, terminal);
  return told.outcome;
}

export interface FailedRun {
  readonly error: unknown;
  readonly outcome: Outcome;
}

/** The same for a run that ended with an error, which has been told on stderr and, in JSON format, on stdout. Never throws. */
export async function publishError({ error, outcome }: FailedRun, publication: Publication): Promise<void> {
  const { context, terminal, reports } = publication;
  const data: ReportData = { type: "error", outcome, error: describeError(error) };
  const { format } = terminal;
  await writeReports(reports, data, publication);
  if (format === "markdown" || format === "github") terminal.printRendered(await render(data, format, context));
  await annotate(data, publication);
  await appendStepSummary(data, context, terminal);
}

/** Tries all of them; tells and gives back what went wrong. */
async function writeReports(
  requests: readonly ReportRequest[],
  data: ReportData,
  { context, terminal }: Publication,
): Promise<readonly (MachineError | UsageError)[]> {
  const failures: (MachineError | UsageError)[] = [];
  for (const { format, file } of requests) {
    try {
      await writeOver(file, await render(data, format, context), context);
    } catch (error) {
      if (!(error instanceof MachineError || error instanceof UsageError)) throw error;
      tell(error, terminal);
      failures.push(error);
    }
  }
  return failures;
}

/** In GitHub Actions, where the runner reads stderr too. Nobody asked for them by name, so stdout stays what it is. */
async function annotate(data: ReportData, { context, terminal }: Publication): Promise<void> {
  if (context.env["GITHUB_ACTIONS"] !== "true" || terminal.format === "github") return;
  // Not redacted again, for the reason that printRendered has.
  context.stderr.write(await render(data, "github", context));
}

/** GitHub takes 1 MiB for all that one step appends, and drops the whole summary of a step that goes beyond. */
const summaryRoom = 1_000_000;

/** Nothing outside GitHub Actions. Nobody asked for it by name, so that it cannot be written is no failure. */
async function appendStepSummary(data: ReportData, context: Context, terminal: Terminal): Promise<void> {
  const file = context.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return;
  const { renderStepSummary } = await import("../../output/github.ts");
  const text = `${renderStepSummary(context.redactor.data(data, reportDataPlaces))}\n`;
  try {
    await appendTo(file, text, { place: context, limit: summaryRoom });
  } catch (error) {
    tell(error, terminal);
  }
}

function tell(error: unknown, terminal: Terminal): void {
  terminal.alert(
    renderError(error, {
      style: terminal.err.style,
      isVerbose: terminal.isVerbose,
      redact: (text) => terminal.withoutSecrets(text, "text"),
    }),
  );
}

async function render(data: ReportData, format: ReportFormat, context: Context): Promise<string> {
  const { renderData } = await import("../../output/render-data.ts");
  return renderData(context.redactor.data(data, reportDataPlaces), format, toolVersion);
}

function splitRequest(text: string): { readonly name: string; readonly file: string } {
  const split = text.indexOf("=");
  return { name: text.slice(0, Math.max(0, split)), file: split < 0 ? "" : text.slice(split + 1) };
}

/** Commands, and other names of commands, that have the reports of another one. */
const sameReports: ReadonlyMap<string, ReportingCommand> = new Map([
  ["diff", "plan"],
  ["show", "plan"],
  ["destroy", "apply"],
]);

function isReporting(arg: string): arg is ReportingCommand {
  return Object.hasOwn(reportFormats, arg);
}
