/** What a run for several targets prints besides the output of each. */
import type { Style } from "../style.ts";

interface FinishedTarget {
  readonly name: string;
  readonly isOk: boolean;
  /** How it ended, in one word. */
  readonly type: string;
  readonly exitCode: number;
}

export function targetHeading(name: string, style: Style): string {
  return `${style.bold(`target ${name}`)}\n`;
}

/** One line for each target. */
export function targetsText(targets: readonly FinishedTarget[], style: Style): string {
  return targets
    .map(
      ({ name, isOk, type, exitCode }) => `${name}: ${isOk ? style.green("ok") : style.red(type)} (exit ${exitCode})\n`,
    )
    .join("");
}
