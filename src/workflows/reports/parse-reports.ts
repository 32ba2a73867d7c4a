/** `--report FORMAT=FILE`: the reports that a run should write. */
import { UsageError } from "../../model/errors.ts";
import { reportFormats, type ReportFormat, type ReportingCommand } from "../../output/report-format.ts";
import type { Context } from "../../run/context.ts";
import type { ReportFlags } from "../../run/flags.ts";
import { givenValues } from "../../run/given-values.ts";
import type { ReportRequest } from "../../run/run.ts";
import { refuseOneFileForTwo } from "../files/refuse-one-file-for-two.ts";
import { checkOutputPaths } from "../files/write-files.ts";

/** The flags that name output files. */
interface FileFlags extends ReportFlags {
  readonly out?: string | undefined;
}

/**
 * Throws UsageError for a format that the command does not have, for two outputs with the same file, and for a place
 * that may not be written (output-path.ts), before the server is contacted.
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
  checkOutputPaths({ cwd }, [out, ...requests.map(({ file }) => file)]);
  return requests;
}

/**
 * The reports in raw arguments, for a run that failed before its flags were parsed. Skips arguments that it cannot
 * parse. `reportsOf` is as for `createRun`.
 */
export function findReports(
  args: readonly string[],
  reportsOf: ReportingCommand | undefined,
  context: Pick<Context, "cwd">,
): readonly ReportRequest[] {
  if (reportsOf === undefined) return [];
  try {
    const flags = { report: givenValues("--report", args), out: givenValues("--out", args).at(-1) };
    return parseReports(flags, reportsOf, context);
  } catch {
    return [];
  }
}

function splitRequest(text: string): { readonly name: string; readonly file: string } {
  const split = text.indexOf("=");
  return { name: text.slice(0, Math.max(0, split)), file: split < 0 ? "" : text.slice(split + 1) };
}
