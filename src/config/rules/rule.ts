/** What a rule is and what it sees. Each rule is a file of this folder and a line of `rules.ts`. */
import type { EntityKey, KindName } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { KindRegistry } from "../../kinds/kind.ts";
import type { OpenWebUIInstance } from "../../services/open-webui/rules/asked-monitor.ts";
import type { DeclaredEntity } from "../config.ts";
import type { EntityFinding } from "../entity-finding.ts";
import type { NearKey } from "../sections/full-key.ts";
import type { YamlPlace } from "../source/positions.ts";
import type { Adoption } from "../sections/read-adoptions.ts";
import type { DeclaredTarget } from "../sections/read-targets.ts";
import type { Relations } from "./relations.ts";

export interface RuleInput extends Relations {
  /**
   * Valid by their schemas, each with its written and its canonical values and where they come from. A field that is wrong
   * is left out of both; `isWritten` still says that somebody wrote it.
   */
  readonly entities: readonly DeclaredEntity[];
  /** Every key that is declared, also of entities that could not be read. */
  readonly declared: ReadonlyMap<EntityKey, { readonly place: YamlPlace }>;
  /** False when a file could not be read: nothing can then be called missing. */
  readonly isComplete: boolean;
  /** The instances that have a block of their own. */
  readonly openWebUI: readonly OpenWebUIInstance[];
  readonly registry: KindRegistry;
  /** For what is not declared. */
  readonly nearKey: NearKey;
  /** All of them, whichever is chosen. */
  readonly targets: readonly DeclaredTarget[];
  /** Of the list at the top level. */
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

/** Something that JSON Schema cannot say. */
export type Rule = EntityRule | ConfigRule;
