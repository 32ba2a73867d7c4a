/** What a file in `src/commands/` exports. */
import type { Command } from "commander";
import type { Outcome } from "../model/exit-code.ts";
import type { ReportingCommand } from "../output/report-format.ts";
import type { Run } from "./run.ts";

/** `never` stands for the flags of any command. */
export interface CommandDefinition<Flags = never> {
  /** Printed below the flags: what it does, examples and exit codes. */
  readonly help: string;
  /** Whose reports it can write; left out for a command without `--report`. */
  readonly reportsOf?: ReportingCommand;
  /** Adds the flags to `command`, which has its name, its arguments and its summary already. */
  readonly declare: (command: Command) => Command;
  readonly run: (run: Run<Flags>) => Promise<Outcome>;
}
