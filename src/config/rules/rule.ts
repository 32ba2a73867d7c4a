/** The interface of a rule, and its input. Each rule is a file in this folder and a line in `rules.ts`. */
import type { EntityKey, KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { KindRegistry } from "../../kinds/kind.ts";
import type { DeclaredEntity, DeclaredService } from "../config.ts";
import type { EntityFinding } from "../entity-finding.ts";
import type { LeftOut } from "../expand/left-out.ts";
import type { NearKey } from "../sections/full-key.ts";
import type { YamlPlace } from "../source/positions.ts";
import type { Adoption } from "../sections/read-adoptions.ts";
import type { DeclaredTarget } from "../sections/read-targets.ts";
import type { Relations } from "./relations.ts";

export interface RuleInput extends Relations {
  /**
   * Entities that are valid by their schemas, with written and canonical values and their provenance. Wrong fields are
   * missing from both; `isWritten` still knows that they were written.
   */
  readonly entities: readonly DeclaredEntity[];
  /** Every declared key, including those of entities that could not be read. */
  readonly declared: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  /** Keys of objects that the files describe and that a condition leaves out. */
  readonly leftOut: ReadonlyMap<EntityKey, LeftOut>;
  /** False if a file could not be read, so that no key can be called missing. */
  readonly isComplete: boolean;
  /** What is watched by a block. */
  readonly services: readonly DeclaredService[];
  readonly registry: KindRegistry;
  /** Suggestions for keys that are not declared. */
  readonly nearKey: NearKey;
  /** All targets, whichever is chosen. */
  readonly targets: readonly DeclaredTarget[];
  /** The items of the top-level list. */
  readonly adoptions: readonly Adoption[];
}

/** Checks each entity by itself; the pointers of its findings are relative to the entity. */
export interface EntityRule {
  readonly name: string;
  /** Absent: all kinds. */
  readonly kind?: KindName;
  checkEach(entity: DeclaredEntity, input: RuleInput): readonly EntityFinding[];
}

/** Compares entities, or checks something that is not an entity. */
export interface ConfigRule {
  readonly name: string;
  checkAll(input: RuleInput): readonly Finding[] | Promise<readonly Finding[]>;
}

/** A check that JSON Schema cannot express. */
export type Rule = EntityRule | ConfigRule;
