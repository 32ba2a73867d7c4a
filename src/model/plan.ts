/** The steps that an apply would do, as plain JSON without secrets and without hashes of secrets. */
import type { EntityKey, KindName, KumaId, Reference } from "./entity.ts";
import { isWithin, type Json, type JsonPointer } from "./json.ts";
import type { SourceSpan } from "./source-span.ts";

export const planFormatVersion = "1.0";

/**
 * Why a field differs from what was last applied: the file changed; somebody changed it on the server; both; the field is
 * not declared and this version of kuma-sync has another default; a write by kuma-sync failed before its end; or the
 * server's database replaced characters by question marks (`unstorable`). Unknown without a ledger, and for secrets.
 */
export type Cause = "file" | "server" | "both" | "default" | "unfinished" | "unstorable";

type ChangeBase = {
  readonly path: JsonPointer;
  /** The field is not declared and gets its documented default, in a create or because the old type did not have it. */
  readonly isDefault?: true;
  readonly cause?: Cause;
};

/**
 * One field of one entity, or one of `markerPaths` or `rememberedPaths`. A sensitive change contains neither the old nor
 * the new value.
 */
export type FieldChange =
  | (ChangeBase & {
      readonly sensitive: false;
      readonly before?: Json;
      readonly after?: Json;
      /** For a list with selectors: the monitors that are added and removed. Absent if these are the same. */
      readonly selected?: readonly SelectedChange[];
    })
  | (ChangeBase & { readonly sensitive: true });

/** The changes of one list with a selector. */
export type SelectedChange = {
  /** The name of the list if it is a group of a status page. */
  readonly group?: string;
  /** The monitors that a selector adds, each with the selector as written. */
  readonly added: readonly { readonly key: EntityKey; readonly by: Json }[];
  /** The monitors that are no longer in the list, for whatever reason. */
  readonly removed: readonly Reference[];
};

/** Not a field: whether the marker forbids deletes. */
export const protectPath: JsonPointer = "/protect";
/**
 * Not a field: the marker of an object that was paused when its entity was removed. Only changes from true to false.
 */
export const retiredPath: JsonPointer = "/retired";
/** A change here rewrites the marker and does not edit the object. */
const markerPaths: readonly JsonPointer[] = [protectPath, retiredPath];

/** Not a field: what happens to the object when its entity is no longer declared, as `Removal`. */
export const onRemovePath: JsonPointer = "/onRemove";
/** Not a field: who decides that, `project` or `object`, if nothing else changes. */
export const removalSourcePath: JsonPointer = "/onRemove/from";
/** Not a field: the places that are written when the object is created and never changed afterwards. */
export const ignoreChangesPath: JsonPointer = "/ignoreChanges";
/** A change here is written only into the ledger, not to the object. */
export const rememberedPaths: readonly JsonPointer[] = [onRemovePath, ignoreChangesPath];

/** Whether the object has a field there, which a write of the object changes. */
export function isFieldPath(path: JsonPointer): boolean {
  return !isWithin(path, [...markerPaths, ...rememberedPaths]);
}

/** The history that is deleted with a monitor. */
export interface History {
  /** UTC, ISO 8601; undefined if the server does not send it. */
  readonly since?: string;
  readonly heartbeats?: number;
}

/** The effect of a step on another object that has no step, or whose step does not prevent it. */
export interface SideEffect {
  /**
   * `link`: loses its link to what is deleted. `top-level`: leaves the group, for the top level. `paused`: is in a
   * paused group, which Uptime Kuma shows as paused too.
   */
  readonly type: "link" | "top-level" | "paused";
  readonly kind: KindName;
  readonly id: KumaId;
  /** The name on the server. */
  readonly name: string;
  /** The project and key of a managed object, `shop/api`; absent for one that no project manages. */
  readonly owner?: string;
}

interface StepBase {
  readonly key: EntityKey;
  readonly kind: KindName;
  /** The display name; for a delete, the name on the server. Absent if it comes from a secret. */
  readonly name?: string;
  /** Steps that must be done first. */
  readonly dependsOn: readonly EntityKey[];
  /** Absent: none. */
  readonly sideEffects?: readonly SideEffect[];
}

/** A step on an existing object. */
interface StepOnObject extends StepBase {
  readonly id: KumaId;
}

/** A status page whose slug the step takes; it has the temporary slug until its own step. */
export interface ParkedPage {
  readonly key: EntityKey;
  readonly id: KumaId;
  readonly slug: string;
  readonly temporary: string;
}

interface Changing {
  readonly changes: readonly FieldChange[];
  /** For status pages that exchange their slugs. */
  readonly parks?: ParkedPage;
  readonly at?: SourceSpan;
}

export type Step =
  | (StepBase & Changing & { readonly action: "create" })
  | (StepOnObject & Changing & { readonly action: "update" })
  /** Give an unmanaged object the project's marker, and update its fields. */
  | (StepOnObject & Changing & { readonly action: "adopt" })
  /** Give the object of the key `from` a new key. */
  | (StepOnObject & Changing & { readonly action: "move"; readonly from: EntityKey })
  /** Take an object from another project; `from` is its marker there: `other/api`. */
  | (StepOnObject & Changing & { readonly action: "take-over"; readonly from: string })
  | (StepOnObject & { readonly action: "delete"; readonly history?: History })
  /** No longer declared: paused, and its marker says that it is retired; its history is kept. */
  | (StepOnObject & { readonly action: "retire" })
  /** No longer declared: the marker is removed, the object stays as it is. */
  | (StepOnObject & { readonly action: "release" });

export type StepAction = Step["action"];

/** A step that updates fields. */
export type ChangingStep = Extract<Step, Changing>;

/** Why a plan must not be applied, and what would allow it, in words (plan-facts.ts has the facts). */
export interface Blocker {
  readonly code: BlockerCode;
  readonly message: string;
  readonly keys: readonly EntityKey[];
  /** Lines that help the reader to choose. */
  readonly details?: readonly string[];
  /** What the user can do, each a flag or an edit, complete enough to paste. */
  readonly waysOn: readonly string[];
}

export const blockerTitles = {
  KS4001: "deletes need consent",
  KS4002: "a protected object would be deleted",
  KS4003: "an unmanaged object has this name",
  KS4004: "nothing is declared, everything would be deleted",
  KS4005: "referenced object is not on the server",
  KS4006: "referenced name is not unique on the server",
  KS4007: "two objects carry the same marker",
  KS4008: "a change of a group would reach its children",
  KS4009: "a delete and a create look like a rename",
  KS4010: "the object belongs to another project",
  KS4011: "unusually many objects would change or go",
  KS4012: "object to adopt is not on the server, or not unique",
  KS4013: "more completions a day than the limit",
  KS4014: "most of what was applied is missing on the server",
  KS4015: "this `moved:` entry cannot be applied",
  KS4016: "a group would be below itself",
  KS4017: "the server's database cannot hold these characters",
  KS4024: "parent on the server is not a group",
  KS4025: "an object that others use would be deleted",
  KS4026: "an object that the configuration refers to would be deleted",
  KS4027: "slug or domain belongs to another status page",
  KS4028: "push token belongs to another monitor",
} as const;
export type BlockerCode = keyof typeof blockerTitles;

export interface Plan {
  readonly type: "kuma-sync.plan";
  readonly formatVersion: typeof planFormatVersion;
  readonly project: string;
  readonly server: { readonly url: string; readonly version: string };
  readonly steps: readonly Step[];
  readonly blockers: readonly Blocker[];
  readonly summary: PlanSummary;
  readonly impact: Impact;
  readonly cost: CostOfPlan;
  /** Only selected entities were looked at; the rest may differ too. */
  readonly isPartial?: true;
  /** Why the causes of changes are not known. */
  readonly ledgerNote?: string;
}

/** Changes that the people on call would notice. */
export interface Impact {
  readonly checksPerMinute: { readonly before: number; readonly after: number };
  /** Monitors that would notice or report less than before. */
  readonly coverage: readonly CoverageLoss[];
}

export interface CoverageLoss {
  readonly key: EntityKey;
  readonly loss:
    | "deleted"
    | "paused"
    | "paused-group"
    | "notification"
    | "interval"
    | "retries"
    | "status-codes"
    | "tls"
    | "inverted";
  /** For example the notification that is no longer sent, or `60 → 300`. */
  readonly detail?: string;
}

/** Per day, computed from the intervals, without retries and repeats. Completions and tokens are an estimate. */
export interface Cost {
  readonly requests: number;
  readonly completions: number;
  readonly tokens: number;
}

export interface CostOfPlan {
  readonly before: Cost;
  readonly after: Cost;
  /** Monitors that ask for completions, before or after. */
  readonly monitors: readonly { readonly key: EntityKey; readonly before?: Cost; readonly after?: Cost }[];
}

export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly adopt: number;
  readonly move: number;
  readonly takeOver: number;
  readonly delete: number;
  readonly retire: number;
  readonly release: number;
  /** No longer declared and not changed: because of --no-deletes or --select, protected, or already retired. */
  readonly kept: number;
  readonly unchanged: number;
  /** Objects with the marker of another project. */
  readonly foreign: number;
  /** Objects without a marker, including types that kuma-sync does not know. */
  readonly unmanaged: number;
}

/**
 * Whether an apply has anything to do or cannot be carried out. The text "No changes" and exit code 2 both depend on
 * it.
 */
export function hasChanges(plan: Plan): boolean {
  return plan.steps.length > 0 || plan.blockers.length > 0;
}
