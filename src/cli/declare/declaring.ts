import type { Command } from "commander";
import type { Outcome } from "../../model/exit-code.ts";
import type { Context } from "../../run/context.ts";
import type { commandHelp } from "../help-texts.ts";

/** What a part of the command tree is declared with. Its commands are imported when they are called. */
export interface Declaring {
  readonly context: Context;
  /** A new command with its summary and its examples. */
  readonly add: (name: keyof typeof commandHelp, summary: string) => Command;
  /** Is told how the command ended. */
  readonly end: (outcome: Outcome) => void;
}
