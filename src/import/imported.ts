/** The result of an import: data for the YAML, the list of variables and the report. */
import type { EntityKey, KindName, KumaId } from "../model/entity.ts";
import type { JsonObject } from "../model/json.ts";
import type { SecretVariable } from "./secrets.ts";

export interface ImportedEntity {
  readonly key: EntityKey;
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  /** As they are written, in this order; secrets are expressions, `${` is escaped. */
  readonly fields: JsonObject;
  /** Its outermost group, or itself if it is one; undefined outside groups. */
  readonly group: EntityKey | undefined;
  /** Why it cannot be managed as it is; it is then written as a comment. */
  readonly obstacle: string | undefined;
}

/** Something on the server that the configuration does not contain. */
export interface Omission {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
  /** The field; undefined when it is the object as a whole. */
  readonly field?: string;
  readonly reason: string;
}

/** Objects that belong to another project and were skipped. */
export interface ForeignCount {
  readonly project: string;
  readonly count: number;
}

export interface Imported {
  readonly project: string;
  readonly server: { readonly url: string; readonly version: string };
  /** By kind; written at the top of the configuration. */
  readonly defaults?: JsonObject;
  /** In the order in which they are written. */
  readonly entities: readonly ImportedEntity[];
  readonly variables: readonly SecretVariable[];
  readonly omissions: readonly Omission[];
  /** How many fields an apply would change, because they cannot be written as they are; each is an omission. */
  readonly changedByApply: number;
  /** Keys that `entities` refer to and that are not among them: objects of this project that were not selected. */
  readonly declaredElsewhere: readonly EntityKey[];
  readonly foreign: readonly ForeignCount[];
}
