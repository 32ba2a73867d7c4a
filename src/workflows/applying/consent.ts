/**
 * Decides whether a plan may be carried out. Consent is a `yes` that a person typed after seeing the plan, or flags.
 * The question names what cannot be undone, and a refusal names the flag that allows it.
 */
import type { Desired } from "../../model/entity.ts";
import type { Plan } from "../../model/plan.ts";
import { inert } from "../../output/inert.ts";
import { applyQuestion, destroyQuestion } from "../../output/human/consent-question.ts";
import { plural } from "../../output/words/counts.ts";
import { planPlaces } from "../../secrets/data-places.ts";
import { staleReasonText } from "../../output/words/stale-reason.ts";
import { compareWithApproved } from "../../plan/approval.ts";
import type { PlanOptions } from "../../plan/make-plan.ts";
import { isInteractive } from "../../run/is-interactive.ts";
import type { ApplyFlags, ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { planOptions } from "../planning/plan-options.ts";

/** The purpose of a run, which decides who gives consent. */
export type Purpose =
  | { readonly type: "apply" }
  /** A saved plan without blockers is consent, as long as the new plan does the same. */
  | { readonly type: "approved"; readonly plan: Plan }
  /** Consent is the name of project and server, given with the flag or typed. */
  | { readonly type: "destroy"; readonly confirm: string | undefined };

/** A saved plan with blockers is never applied, whatever has changed since. Undefined for other plans. */
export function refuseBlocked(purpose: Purpose): ConsentRefusal | undefined {
  if (purpose.type !== "approved" || purpose.plan.blockers.length === 0) return undefined;
  const codes = [...new Set(purpose.plan.blockers.map(({ code }) => code))].join(", ");
  return refuse(
    `the saved plan was blocked when it was made (${codes}); nothing was written`,
    "make it again with plan --out and the flag that lifts this, such as --allow-deletes N, and have it looked at again",
  );
}

export interface ConsentRefusal {
  readonly given: false;
  readonly refusal: string;
  readonly hint?: string;
  /** `stale`: no longer what was approved. `busy`: another run is writing. `refused`: there is no consent. */
  readonly reason: "stale" | "busy" | "refused";
}

export type Consent = { readonly given: true } | ConsentRefusal;

/** Flags that decide about consent. */
export type ConsentFlags = ApplyFlags & Pick<ServerFlags, "input">;

type ConsentRun = Run<ConsentFlags>;

/** Whether a prompt will ask for consent. */
export function willAsk(run: ConsentRun, purpose: Purpose): boolean {
  switch (purpose.type) {
    case "apply":
      return run.flags.autoApprove !== true && isInteractive(run);
    case "destroy":
      return purpose.confirm === undefined && isInteractive(run);
    case "approved":
      return false;
    default:
      return purpose satisfies never;
  }
}

/**
 * At a prompt, a person consents to the deletes of the plan that is shown, so no flag has to give their number. A saved
 * plan uses the flags that it was made with, including all consents.
 */
export function planOptionsFor(run: ConsentRun, purpose: Purpose): PlanOptions {
  const options = planOptions(run.flags);
  switch (purpose.type) {
    case "apply":
      return willAsk(run, purpose) ? { ...options, asksDeletes: true } : options;
    case "approved":
      return options;
    case "destroy":
      return { ...options, asksDeletes: true, allowBulk: true, allowEmpty: true, destroys: true };
    default:
      return purpose satisfies never;
  }
}

/**
 * Whether a plan differs from the approved one, or from what is left of it; undefined if it does not, and for runs
 * without approval. A plan without steps can be stale too, because an approved object may no longer be declared.
 */
export function refuseStale(
  { context }: Run,
  plan: Plan,
  { purpose, desired }: { readonly purpose: Purpose; readonly desired: Desired },
): ConsentRefusal | undefined {
  if (purpose.type !== "approved") return undefined;
  // The saved plan was redacted when it was written.
  const { state, moved } = compareWithApproved(purpose.plan, context.redactor.data(plan, planPlaces), desired);
  if (state !== "stale") return undefined;
  const lines = moved
    .slice(0, mostMoved)
    .map(({ key, why }) => `\n  ${key === undefined ? "" : `${inert(key)}: `}${inert(staleReasonText(why))}`);
  const left = moved.length - lines.length;
  const more = left > 0 ? `\n  and ${left} more` : "";
  return {
    given: false,
    reason: "stale",
    refusal: `what would be done is not what was approved; nothing was written${lines.join("")}${more}`,
    hint: "make the plan again, and have it looked at again",
  };
}

const mostMoved = 20;

/** `plan` must be made with `planOptionsFor`, and be shown already. */
export async function askConsent(run: ConsentRun, plan: Plan, purpose: Purpose): Promise<Consent> {
  if (plan.blockers.length > 0) {
    const count = plural(plan.blockers.length, "problem");
    return refuse(`the plan is blocked by ${count}; nothing was written`);
  }
  switch (purpose.type) {
    case "approved":
      return { given: true };
    case "destroy":
      return confirmDestroy(run, plan, purpose.confirm);
    case "apply":
      return askToApply(run, plan);
    default:
      return purpose satisfies never;
  }
}

function refuse(refusal: string, hint?: string): ConsentRefusal {
  return { given: false, refusal, reason: "refused", ...(hint === undefined ? {} : { hint }) };
}

async function askToApply(run: ConsentRun, plan: Plan): Promise<Consent> {
  const { context, terminal, flags } = run;
  if (flags.autoApprove === true) return { given: true };
  if (!willAsk(run, { type: "apply" })) {
    return refuse(
      "cannot ask for confirmation without a terminal, so nothing was written",
      "give --auto-approve to apply without a question, or apply a saved plan",
    );
  }
  const answer = await context.ask(applyQuestion(plan, terminal.err.style));
  return answer.trim() === "yes" ? { given: true } : refuse('the answer was not "yes"; nothing was written');
}

/** Both names must be right, so that a wrong terminal or folder is noticed. */
async function confirmDestroy(run: ConsentRun, plan: Plan, confirm: string | undefined): Promise<Consent> {
  const { context, terminal } = run;
  const names = `${plan.project}@${new URL(plan.server.url).host}`;
  const isAsked = willAsk(run, { type: "destroy", confirm });
  const question = destroyQuestion(names, terminal.err.style);
  const given = confirm ?? (isAsked ? (await context.ask(question)).trim() : undefined);
  if (given === names) return { given: true };
  return given === undefined
    ? refuse("cannot ask for confirmation without a terminal, so nothing was deleted", `give --confirm ${inert(names)}`)
    : refuse(`"${inert(given)}" is not ${inert(names)}; nothing was deleted`, `give --confirm ${inert(names)}`);
}
