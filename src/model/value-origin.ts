import type { EntityKey } from "./entity.ts";
import type { JsonPointer } from "./json.ts";
import type { SourceSpan } from "./source-span.ts";

/** The part of a configuration that gives an object a value, and where it stands there. */
export interface ValueOrigin {
  /**
   * `object`: the object's own block. `template`: a template that it uses. `defaults`: `defaults.monitor`, `defaults.http`
   * and the like. `group`: the `defaults` of a group above it. `override`: what a target lays over it. `service`: a short
   * block, such as `openWebUI`, that the object is made from.
   */
  readonly by: "object" | "template" | "defaults" | "group" | "override" | "service";
  /** Of the template, kind or type, group, target, or block; absent for the object itself. */
  readonly name?: string;
  readonly at: SourceSpan;
}

/**
 * By the place of a value in the canonical spec: none where nobody wrote it, several where a list or a mapping was put
 * together.
 */
export type OriginsOf = (key: EntityKey, path: JsonPointer) => readonly ValueOrigin[];
