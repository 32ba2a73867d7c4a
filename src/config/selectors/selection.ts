/** What `select:` of one list stands for. */
import type { EntityKey } from "../../model/entity.ts";
import type { Json, JsonPointer } from "../../model/json.ts";
import type { Selector } from "./selector.ts";

export interface Selection {
  /** The list that the monitors are in, relative to the entity. */
  readonly list: JsonPointer;
  /** How many monitors the list names itself; they come first. */
  readonly named: number;
  readonly selectors: readonly {
    readonly selector: Selector;
    /** How many monitors it stands for, also those that the list names itself. */
    readonly count: number;
  }[];
  /** The monitors that the list has only by a selector, in order, and that selector as it is written. */
  readonly brought: ReadonlyMap<EntityKey, Json>;
}
