/** What each command gets. */
import type { ReportFormat } from "../output/report-format.ts";
import type { Context } from "./context.ts";
import type { Terminal } from "./terminal.ts";

/** One run of one command. `createRun` creates it, and it is passed on unchanged. */
export interface Run<Flags = unknown> {
  /** The process of the run. */
  readonly context: Context;
  /** Where the run prints. */
  readonly terminal: Terminal;
  /** Flags and arguments, by name. */
  readonly flags: Flags;
  /** The files of `--report`; empty for a command without that flag. */
  readonly reports: readonly ReportRequest[];
}

/** One report file, as given by `--report FORMAT=FILE`. */
export interface ReportRequest {
  readonly format: ReportFormat;
  /** As given, relative to the working directory. */
  readonly file: string;
}
