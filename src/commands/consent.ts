/**
 * Whether a plan may be carried out. Consent comes from a person who typed `yes` after seeing the plan, or from flags; what
 * cannot be undone is named in the question. A refusal says which flag would have lifted it.
 */
import type { Plan } from "../model/plan.ts";
import { inert } from "../output/inert.ts";
import { inertName } from "../output/human/field-changes.ts";
import { plural } from "../output/human/layout.ts";
import type { Style } from "../output/style.ts";
import type { PlanOptions } from "../plan/make-plan.ts";
import { isInteractive, type Context } from "./context.ts";
import type { ApplyFlags, ServerFlags } from "./flags.ts";
import { planOptions } from "./plan-options.ts";

export type Consent =
  | { readonly given: true }
  | { readonly given: false; readonly refusal: string; readonly hint?: string };

type ConsentFlags = ApplyFlags & Pick<ServerFlags, "input">;

/** Whether the question will be put to a person. */
export function willAsk(flags: ConsentFlags, context: Context): boolean {
  return flags.autoApprove !== true && isInteractive(context, flags);
}

/** A person says yes to the deletes of the very plan that is shown, so their number needs no flag. */
export function optionsToAsk(flags: ConsentFlags, context: Context): PlanOptions {
  const options = planOptions(flags);
  return willAsk(flags, context) ? { ...options, allowDeletes: Number.POSITIVE_INFINITY } : options;
}

/** `plan` was made with `optionsToAsk`, and shown. */
export async function askConsent(
  plan: Plan,
  { flags, context, style }: { readonly flags: ConsentFlags; readonly context: Context; readonly style: Style },
): Promise<Consent> {
  if (plan.blockers.length > 0) {
    const count = plural(plan.blockers.length, "problem");
    return { given: false, refusal: `the plan is blocked by ${count}; nothing was written` };
  }
  if (flags.autoApprove === true) return { given: true };
  if (!willAsk(flags, context)) {
    return {
      given: false,
      refusal: "there is nobody to ask, so nothing was written",
      hint: "give --auto-approve to apply without a question",
    };
  }
  const answer = await context.ask(question(plan, style));
  if (answer.trim() === "yes") return { given: true };
  return { given: false, refusal: 'the answer was not "yes"; nothing was written' };
}

function question({ server, project, steps }: Plan, style: Style): string {
  const deletes = steps.filter((step) => step.action === "delete");
  const warning = `This deletes ${plural(deletes.length, "object")}. The history of a deleted monitor is lost for ever:`;
  const lost = deletes.map(({ key, name }) => `  ${style.red("-")} ${inert(key)}  ${inertName(name)}`);
  const ask = `Apply this to project ${inert(project)} at ${inert(server.url)}? Only "yes" is taken as a yes: `;
  return ["", ...(deletes.length === 0 ? [] : [style.red(warning), ...lost, ""]), style.bold(ask)].join("\n");
}
