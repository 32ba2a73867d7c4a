import type { StaleReason, StepKind } from "../../model/stale-reason.ts";

/** Follows the key of a step, or stands alone if it is about the whole plan. */
export function staleReasonText(reason: StaleReason): string {
  switch (reason.type) {
    case "project":
      return `the plan is for project ${reason.project}`;
    case "server":
      return `the plan is for the server at ${reason.url}`;
    case "not-declared":
      return "is not declared any more";
    case "no-step":
      return `would ${verbOf(reason.now)}, and the plan has no step for it`;
    case "other-step":
      return `would ${verbOf(reason.now)}, and the plan would ${verbOf(reason.approved)}`;
    case "other-object":
      return `is another object now (id ${reason.now}, and ${reason.approved} in the plan)`;
    case "side-effect":
      return `would also reach ${reason.kind} "${reason.name}" (id ${reason.id})`;
    case "other-value":
      return `${reason.path} would change from or to another value`;
    case "other-field":
      return `${reason.path} would change too`;
    default:
      return reason satisfies never;
  }
}

function verbOf({ action, from }: StepKind): string {
  return from === undefined ? `${action} it` : `${action} it from ${from}`;
}
