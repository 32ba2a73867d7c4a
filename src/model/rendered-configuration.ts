/** A configuration with everything filled in, as it is written again: data for YAML and JSON. */
import type { EntityKey } from "./entity.ts";
import type { JsonObject } from "./json.ts";

export interface RenderedConfiguration {
  readonly project: string;
  /** The target that it is for; undefined where the configuration has none. */
  readonly target?: string;
  /** `version`, `project` and the other keys before the objects. */
  readonly head: JsonObject;
  /** In the order in which they are written: those of one section follow each other. */
  readonly objects: readonly RenderedObject[];
  /** `moved` and `adopt`. */
  readonly tail: JsonObject;
  /** How many objects the configuration has, where only some are rendered. */
  readonly selectedOf?: number;
}

export interface RenderedObject {
  readonly key: EntityKey;
  readonly section: string;
  /** Whether its section holds it alone, without a key. */
  readonly isOnly: boolean;
  readonly fields: JsonObject;
  /** The parts of the configuration that say something of it; its own place comes first. */
  readonly sources: readonly ObjectSource[];
}

/** A part of a configuration that gives values to an object. */
export interface ObjectSource {
  /** `row`: of the loop that makes the object. `service`: a short block, such as `openWebUI`, that the object is made from. `group`: the `defaults` of a group above it. */
  readonly by: "object" | "row" | "template" | "defaults" | "group" | "override" | "service";
  /** Of the template, the kind or type, the group, the target, the block; absent for the object itself. */
  readonly name?: string;
  readonly file: string;
  readonly line: number;
}
