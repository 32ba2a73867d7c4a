/** What would be done, as plain JSON: no functions, no clients, no colours, no secret and no hash of one. */
import type { EntityKey, KindName, KumaId } from "./entity.ts";
import type { Json, JsonPointer } from "./json.ts";
import type { SourceSpan } from "./source-span.ts";

export const planFormatVersion = "1.0";

/** One field of one entity. A sensitive change carries no value, neither old nor new. */
export type FieldChange =
  | {
      readonly path: JsonPointer;
      readonly sensitive: false;
      readonly before?: Json;
      readonly after?: Json;
      /** In a create: nobody wrote the field, it gets its documented default. */
      readonly isDefault?: true;
    }
  | { readonly path: JsonPointer; readonly sensitive: true; readonly isDefault?: true };

interface StepBase {
  readonly key: EntityKey;
  readonly kind: KindName;
  /** The display name; for a delete, the name on the server. Absent when it comes from a secret. */
  readonly name?: string;
  /** Steps that must be done first. */
  readonly dependsOn: readonly EntityKey[];
}

export type Step =
  | (StepBase & { readonly action: "create"; readonly changes: readonly FieldChange[]; readonly at?: SourceSpan })
  | (StepBase & {
      readonly action: "update";
      readonly id: KumaId;
      readonly changes: readonly FieldChange[];
      readonly at?: SourceSpan;
    })
  /** Mark an unmanaged object as ours, and bring its fields in line. */
  | (StepBase & {
      readonly action: "adopt";
      readonly id: KumaId;
      readonly changes: readonly FieldChange[];
      readonly at?: SourceSpan;
    })
  | (StepBase & { readonly action: "delete"; readonly id: KumaId });

export type StepAction = Step["action"];

/** Why a plan may not be applied as it is, and what lifts that. */
export interface Blocker {
  readonly code: BlockerCode;
  readonly message: string;
  readonly keys: readonly EntityKey[];
  /** Ways on, each a flag or an edit, complete enough to paste. */
  readonly waysOn: readonly string[];
}

export const blockerTitles = {
  KS4001: "deletes need consent",
  KS4003: "an unmanaged object has this name",
  KS4004: "nothing is declared, everything would be deleted",
  KS4005: "referenced object is not on the server",
  KS4006: "referenced name is not unique on the server",
  KS4007: "two objects carry the same marker",
  KS4008: "a group would be deleted with live children",
} as const;
type BlockerCode = keyof typeof blockerTitles;

export interface Plan {
  readonly type: "kuma-sync.plan";
  readonly formatVersion: typeof planFormatVersion;
  readonly project: string;
  readonly server: { readonly url: string; readonly version: string };
  readonly steps: readonly Step[];
  readonly blockers: readonly Blocker[];
  readonly summary: PlanSummary;
}

export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly adopt: number;
  readonly delete: number;
  readonly unchanged: number;
  /** Marked by other projects. */
  readonly foreign: number;
  /** Marked by nobody, types we do not know included. */
  readonly unmanaged: number;
}
