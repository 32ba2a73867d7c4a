/** The result of an import: the data for the YAML, the variables and the report. */
import type { EntityKey, KindName, KumaId } from "../model/entity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { SecretVariable } from "./secrets.ts";

export interface ImportedEntity {
  readonly key: EntityKey;
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  /** In the order in which they are written; secrets are expressions, and `${` is escaped. */
  readonly fields: JsonObject;
  /** The key of its outermost group, its own if it is that group; undefined outside groups. */
  readonly group: EntityKey | undefined;
  /** Why it cannot be managed unchanged; it is then written as a comment. */
  readonly obstacle: string | undefined;
  /** Of a loop: how many objects it stands for. */
  readonly count?: number;
}

/** Something on the server that the configuration does not contain. */
export interface Omission {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  /** The field; undefined if it is the whole object. */
  readonly field?: string;
  readonly reason: string;
}

/** Objects of another project, which were skipped. */
export interface ForeignCount {
  readonly project: string;
  readonly count: number;
}

export interface Imported {
  readonly project: string;
  readonly server: { readonly url: string; readonly version: string };
  /** By kind, with --factor by type too; written at the top of the configuration. */
  readonly defaults?: JsonObject;
  /** With --factor: what several monitors have in common, by name. */
  readonly templates?: JsonObject;
  /** With --factor: what the objects of loops adopt. */
  readonly adopt?: readonly Json[];
  /** In the order in which they are written. */
  readonly entities: readonly ImportedEntity[];
  readonly variables: readonly SecretVariable[];
  readonly omissions: readonly Omission[];
  /** How many fields an apply would change, because they cannot be written unchanged; each is also an omission. */
  readonly changedByApply: number;
  /** Keys of objects of this project that were not selected but that `entities` refer to. */
  readonly declaredElsewhere: readonly EntityKey[];
  readonly foreign: readonly ForeignCount[];
}
