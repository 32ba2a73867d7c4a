import type { PlanOptions } from "../plan/make-plan.ts";
import type { ScopeFlags } from "./flags.ts";

export function planOptions({ allowDeletes, adopt, allowEmpty }: ScopeFlags): PlanOptions {
  return { allowDeletes, adopt: adopt === true, allowEmpty: allowEmpty === true };
}
