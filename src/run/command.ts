/** The export of a file in `src/commands/`. */
import type { Command } from "commander";
import type { Outcome } from "../model/exit-code.ts";
import type { ReportingCommand } from "../output/report-format.ts";
import type { Run } from "./run.ts";

/** `never` makes the flags of any command acceptable. */
export interface CommandDefinition<Flags = never> {
  /** Printed below the flags: a description, examples and exit codes. */
  readonly help: string;
  /** The name that its reports are listed under; absent for a command without `--report`. */
  readonly reportsOf?: ReportingCommand;
  /** Adds the flags to `command`, which already has its name, arguments and summary. */
  readonly declare: (command: Command) => Command;
  readonly run: (run: Run<Flags>) => Promise<Outcome>;
}
