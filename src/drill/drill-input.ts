/** What is known of a monitor before its drill is planned. */
import type { Relations } from "../config/rules/relations.ts";
import type { TestInput } from "../testing/test-input.ts";

export interface DrillInput extends Omit<TestInput, "servers"> {
  /** The version of the server that the copies are put on. */
  readonly server: string;
  readonly relations: Relations;
  /** How many variants; undefined: all. */
  readonly most: number | undefined;
  /** Why the server cannot have this monitor at all: it is too old for a field. */
  readonly refused?: string | undefined;
}
