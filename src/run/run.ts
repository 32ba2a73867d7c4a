/** What each command works with. */
import type { ReportFormat } from "../output/report-format.ts";
import type { Context } from "./context.ts";
import type { Terminal } from "./terminal.ts";

/** One run of one command. Made in one place (`createRun`), and handed down as it is. */
export interface Run<Flags = unknown> {
  /** The process that it runs in. */
  readonly context: Context;
  /** Where it prints. */
  readonly terminal: Terminal;
  /** Its flags and arguments, by name. */
  readonly flags: Flags;
  /** The files that `--report` asks for; none for a command without that flag. */
  readonly reports: readonly ReportRequest[];
}

/** A report in a file, as `--report FORMAT=FILE` asks for it. */
export interface ReportRequest {
  readonly format: ReportFormat;
  /** As it was given, relative to the working directory. */
  readonly file: string;
}
