import type { KindName, KumaId } from "./entity.ts";
import type { JsonPointer } from "./json.ts";
import type { StepAction } from "./plan.ts";

/** What a step does, and for a move or a takeover from where. */
export interface StepKind {
  readonly action: StepAction;
  readonly from?: string;
}

/** Why an approved plan no longer fits. `output/words/stale-reason.ts` says it in words. */
export type StaleReason =
  | { readonly type: "project"; readonly project: string }
  | { readonly type: "server"; readonly url: string }
  | { readonly type: "not-declared" }
  | { readonly type: "no-step"; readonly now: StepKind }
  | { readonly type: "other-step"; readonly now: StepKind; readonly approved: StepKind }
  | { readonly type: "other-object"; readonly now: KumaId; readonly approved: KumaId }
  /** A side effect on an object that was not in the approved plan. */
  | { readonly type: "side-effect"; readonly kind: KindName; readonly id: KumaId; readonly name: string }
  | { readonly type: "other-value" | "other-field"; readonly path: JsonPointer };
