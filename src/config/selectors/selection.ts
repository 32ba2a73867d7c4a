/** The result of `select:` for one list. */
import type { EntityKey } from "../../model/entity.ts";
import type { Json, JsonPointer } from "../../model/json.ts";
import type { Selector } from "./selector.ts";

export interface Selection {
  /** The list of monitors, relative to the entity. */
  readonly list: JsonPointer;
  /** How many monitors the list names itself; they come first. */
  readonly named: number;
  readonly selectors: readonly {
    readonly selector: Selector;
    /** How many monitors it selects, including those that the list names itself. */
    readonly count: number;
  }[];
  /** The monitors that are only selected, not named, in order, each with its selector as written. */
  readonly brought: ReadonlyMap<EntityKey, Json>;
}
