/** A plan as the planner makes it: only facts. `src/output/words/describe-plan.ts` puts them into words. */
import type { EntityKey, KindName, KumaId, Reference } from "./entity.ts";
import type { Blocker, Plan, SideEffect, StepAction } from "./plan.ts";

interface Found {
  readonly keys: readonly EntityKey[];
}

export interface NamedObject {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
}

/** One of several unmanaged objects of the same name, with non-secret fields that distinguish it. */
export interface Namesake {
  readonly id: KumaId;
  readonly group?: string;
  readonly address?: string;
}

/** One of several objects with the same marker. The history is known only for monitors. */
export interface Copy {
  readonly id: KumaId;
  readonly heartbeats?: number;
  /** UTC, ISO 8601. */
  readonly since?: string;
}

/** An object that already has a value that must be unique. */
export interface Holder extends NamedObject {
  readonly owner?: { readonly project: string; readonly key: string };
}

/** How to keep an object that would be deleted or paused. */
export type KeepAdvice = "clone" | "release-first" | "put-back" | "stay-active";

export type ReferenceProblem =
  | {
      readonly problem: "no-object";
      readonly kind: KindName;
      readonly to: Exclude<Reference, EntityKey>;
      /** The key of the entity that is declared with this name, which is meant. */
      readonly declaredAs?: EntityKey;
      /** Unmanaged objects of the kind. */
      readonly candidates: readonly NamedObject[];
    }
  | { readonly problem: "no-page"; readonly slug: string; readonly candidates: readonly NamedObject[] }
  | { readonly problem: "page-renamed"; readonly slug: string; readonly by?: EntityKey; readonly newSlug: string }
  | { readonly problem: "renamed"; readonly target: NamedObject; readonly by: EntityKey; readonly newName: string };

export type AdoptProblem =
  | {
      readonly problem: "no-object";
      readonly kind: KindName;
      readonly adopt: { readonly id: KumaId } | { readonly name: string };
      /** The id of the existing object, if its type is unknown to this version. */
      readonly unknownId?: KumaId;
    }
  | {
      readonly problem: "several";
      readonly kind: KindName;
      readonly name: string;
      readonly objects: readonly Namesake[];
      readonly likeliest?: KumaId;
    }
  | { readonly problem: "ours"; readonly id: KumaId; readonly from: EntityKey };

export type MoveProblem =
  | { readonly problem: "kinds" | "declared"; readonly from: EntityKey; readonly to: EntityKey }
  | { readonly problem: "several"; readonly to: EntityKey; readonly from: readonly EntityKey[] }
  | { readonly problem: "twice"; readonly from: EntityKey; readonly to: readonly EntityKey[] };

/** In most blockers, the first of `keys` is the entity that the blocker is about. */
export type BlockerFacts = Found &
  (
    | { readonly code: "KS4001"; readonly hasMonitor: boolean }
    | { readonly code: "KS4002"; readonly destroys: boolean }
    | {
        readonly code: "KS4003";
        readonly objects: readonly Namesake[];
        /** The object with the same group and address that fits no other declared entity. */
        readonly sole?: KumaId;
        readonly likeliest?: KumaId;
      }
    | {
        readonly code: "KS4004";
        readonly project: string;
        /** The loop that is empty, as written; absent if the whole configuration is. */
        readonly loop?: EntityKey;
        readonly areDeletes: boolean;
      }
    | ({ readonly code: "KS4005" } & ReferenceProblem)
    | { readonly code: "KS4006"; readonly kind: KindName; readonly name: string; readonly ids: readonly KumaId[] }
    | {
        readonly code: "KS4007";
        readonly copies: readonly { readonly key: EntityKey; readonly kept: Copy; readonly others: readonly Copy[] }[];
      }
    | {
        readonly code: "KS4008";
        readonly action: StepAction;
        readonly children: readonly SideEffect[];
        readonly keep: KeepAdvice;
      }
    | {
        readonly code: "KS4009";
        readonly moves: readonly { readonly from: EntityKey; readonly to: EntityKey }[];
        /** What to write under `moved`: one entry for all moves to one loop. */
        readonly entries: readonly { readonly from: string; readonly to: string }[];
      }
    | {
        readonly code: "KS4010";
        readonly kind: KindName;
        readonly id: KumaId;
        readonly project: string;
        /** Its key in the other project: `other/api`. */
        readonly from: string;
        readonly isAdopted: boolean;
      }
    | {
        readonly code: "KS4011";
        readonly limit: "maxDeletes" | "maxDeletePercent" | "maxUpdatePercent";
        readonly most: number;
        /** All managed objects. */
        readonly managed: number;
      }
    | ({ readonly code: "KS4012" } & AdoptProblem)
    | { readonly code: "KS4013"; readonly completions: number; readonly limit: number }
    | { readonly code: "KS4014"; readonly known: number }
    | ({ readonly code: "KS4015" } & MoveProblem)
    | { readonly code: "KS4016" }
    | { readonly code: "KS4017" }
    | { readonly code: "KS4024"; readonly parent: NamedObject }
    | { readonly code: "KS4025"; readonly users: readonly SideEffect[]; readonly keep: KeepAdvice }
    | {
        readonly code: "KS4026";
        readonly target: NamedObject;
        /** The key under which the plan deletes it. */
        readonly gone: EntityKey;
        readonly isEntryPage: boolean;
      }
    | { readonly code: "KS4027"; readonly what: "slug" | "domain"; readonly value: string; readonly holder: Holder }
    | { readonly code: "KS4028"; readonly holder: Holder }
  );

/** The facts of one blocker code. */
export type FactsOf<Code extends BlockerFacts["code"]> = Extract<BlockerFacts, { readonly code: Code }>;

/** The words for the facts; sentences without a full stop. */
export type BlockerText = Pick<Blocker, "message" | "details" | "waysOn">;

/** Why the causes of changes are not known. */
export interface LedgerNote {
  /** Why the ledger cannot be read; absent if there is none yet. */
  readonly unreadable?: string;
  /** New objects of kinds without a marker; without a ledger they may already exist under another name. */
  readonly unrecognised: readonly EntityKey[];
}

/** A plan without words. */
export type PlanFacts = Omit<Plan, "blockers" | "ledgerNote"> & {
  readonly blockers: readonly BlockerFacts[];
  readonly ledgerNote?: LedgerNote;
};
