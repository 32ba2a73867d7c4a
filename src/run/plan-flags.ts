import type { ConfigFlags, OutputFlags, ReportFlags, ScopeFlags, ServerFlags, TargetFlags } from "./flags.ts";

/** The flags of `plan`. */
export interface PlanFlags extends ConfigFlags, OutputFlags, ReportFlags, ServerFlags, ScopeFlags, TargetFlags {
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
  /** Where the plan is kept, to be applied as it is. */
  readonly out?: string;
  /** A snapshot that stands for the server. */
  readonly against?: string;
  /** With `against`: values that come from outside are compared too. */
  readonly withSecrets?: boolean;
}
