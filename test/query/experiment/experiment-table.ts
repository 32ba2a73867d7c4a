import { readFileSync } from "node:fs";
import type { QueryRule } from "../../../src/query/check.ts";

export interface TableRow extends QueryRule {
  readonly id: string;
  readonly sample: string;
  readonly isUpsideDown?: boolean;
  /** On 2.5.3. */
  readonly passes: boolean;
  /** Of the 18 dead bodies. */
  readonly deadSeen?: number;
  readonly watches?: readonly string[];
  readonly isClockSensitive?: boolean;
}

const file = new URL("../../vectors/experiment-table.json", import.meta.url);

export const table = JSON.parse(readFileSync(file, "utf8")) as {
  readonly clock: number;
  readonly samples: Readonly<Record<string, unknown>>;
  readonly monitors: readonly TableRow[];
};
