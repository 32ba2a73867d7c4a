/**
 * Ends a run: writes its reports and the document on stdout. Reports are written after failures too, and a report that
 * cannot be written never hides how the run ended.
 */
import { MachineError, UsageError } from "../../model/errors.ts";
import { isOk, type Outcome } from "../../model/exit-code.ts";
import type { ReportData } from "../../model/report-data.ts";
import { reportDataPlaces } from "../../secrets/data-places.ts";
import type { ReportFormat } from "../../output/report-format.ts";
import { describeError } from "../../output/words/error.ts";
import type { Context } from "../../run/context.ts";
import type { Run } from "../../run/run.ts";
import { errorToPrint, errorText, printError } from "../../run/print-error.ts";
import { toolVersion } from "../../run/tool-version.ts";
import { appendTo, writeOver } from "../files/write-files.ts";

/**
 * Writes the reports, the document on stdout (nothing in human format, whose text was printed before), and in GitHub
 * Actions the annotations and the step summary. Returns the final outcome: a report that cannot be written turns a
 * successful run into a failed one. Reports are written first, so that the document agrees with the exit code.
 */
export function publish(run: Run, data: ReportData): Promise<Outcome> {
  // A run that was ended by a signal still writes its reports.
  return run.context.whileWriting(() => publishAll(run, data));
}

async function publishAll(run: Run, data: ReportData): Promise<Outcome> {
  const { context, terminal } = run;
  const [failure] = await writeReports(run, data);
  const published: ReportData =
    failure !== undefined && isOk(data.outcome) ? { ...data, outcome: { type: "failed", error: failure } } : data;
  const { format } = terminal;
  if (format !== "human") terminal.printRendered(await render(context, published, format));
  await annotate(run, published);
  await appendStepSummary(run, published);
  return published.outcome;
}

/**
 * Ends a run that failed: writes the error to stderr, and the same reports and documents as `publish`. Never throws.
 */
export async function publishError(run: Run, error: unknown): Promise<Outcome> {
  const { context, terminal } = run;
  const outcome = printError(run, error);
  const data: ReportData = { type: "error", outcome, error: describeError(errorToPrint(error, context)) };
  const { format } = terminal;
  await writeReports(run, data);
  if (format === "markdown" || format === "github") terminal.printRendered(await render(context, data, format));
  await annotate(run, data);
  await appendStepSummary(run, data);
  return outcome;
}

/** Tries all reports. Prints the errors on stderr and returns them. */
async function writeReports(run: Run, data: ReportData): Promise<readonly (MachineError | UsageError)[]> {
  const { context, terminal, reports } = run;
  const failures: (MachineError | UsageError)[] = [];
  for (const { format, file } of reports) {
    try {
      await writeOver(context, file, await render(context, data, format));
    } catch (error) {
      if (!(error instanceof MachineError || error instanceof UsageError)) throw error;
      terminal.alert(errorText(run, error));
      failures.push(error);
    }
  }
  return failures;
}

/** On stderr, which the runner reads too. No flag asked for annotations, so they stay out of stdout. */
async function annotate({ context, terminal }: Run, data: ReportData): Promise<void> {
  if (context.env["GITHUB_ACTIONS"] !== "true" || terminal.format === "github") return;
  // Not redacted again, for the same reason as in `printRendered`.
  context.stderr.write(await render(context, data, "github"));
}

/** Bytes. GitHub accepts 1 MiB for all summaries of one step, and drops the whole summary beyond that. */
const summaryLimit = 1_000_000;

/** Only in GitHub Actions. No flag asked for the summary, so failing to write it does not fail the run. */
async function appendStepSummary(run: Run, data: ReportData): Promise<void> {
  const { context, terminal } = run;
  const file = context.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return;
  const { renderStepSummary } = await import("../../output/github.ts");
  const text = `${renderStepSummary(context.redactor.data(data, reportDataPlaces))}\n`;
  try {
    await appendTo(context, file, text, { limit: summaryLimit });
  } catch (error) {
    terminal.alert(errorText(run, error));
  }
}

async function render({ redactor }: Context, data: ReportData, format: ReportFormat): Promise<string> {
  const { renderData } = await import("../../output/render-data.ts");
  return renderData(redactor.data(data, reportDataPlaces), format, toolVersion);
}
