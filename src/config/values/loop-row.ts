/** What `${each:…}` stands for in the block of a loop. */
import type { Json } from "../../model/json.ts";
import type { YamlPlace } from "../source/positions.ts";
import type { Provenance } from "./provenance.ts";

/** The keys of a block that make it a loop, or say which of its rows count. */
export const loopKeys = { rows: "each", condition: "when", distinct: "distinct" } as const;

/** The key that leaves an object out, in a loop or elsewhere. */
export const enabledKey = "enabled";

/** A value of a row, and where it stands. */
export interface RowValue {
  readonly value: Json;
  /** Pointers are relative to the value. */
  readonly provenance: Provenance;
  readonly place: YamlPlace;
  /** From a file in which every value is text, such as CSV: it may stand for a number or a boolean. */
  readonly isPlainText?: true;
}

/** A row of a list, or a combination of rows of several lists. */
export interface LoopRow {
  /** Its value at a path such as `host` or `group.ips`; undefined if it has none. */
  value(path: string): RowValue | undefined;
  /** The columns that it has. */
  columns(): readonly string[];
  /** The innermost row, for findings. */
  readonly place: YamlPlace;
}
