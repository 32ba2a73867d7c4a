import type { EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { KindRegistry } from "../../kinds/kind.ts";
import type { OpenWebUIInstance } from "../../services/open-webui/rules/asked-monitor.ts";
import type { WrittenEntity } from "../config.ts";
import type { NearKey } from "../sections/full-key.ts";
import type { Place } from "../source/positions.ts";
import type { Adoption } from "../sections/read-adoptions.ts";
import type { DeclaredTarget } from "../sections/read-targets.ts";

export interface RuleInput {
  /** Valid by their schemas; wrong fields are left out. */
  readonly entities: readonly WrittenEntity[];
  /** Every key that is declared, of entities that could not be read too. */
  readonly declared: ReadonlyMap<EntityKey, { readonly place: Place }>;
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

/** Something that JSON Schema cannot say. */
export interface Rule {
  readonly name: string;
  check(input: RuleInput): readonly Finding[] | Promise<readonly Finding[]>;
}
