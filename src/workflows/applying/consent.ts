/**
 * Whether a plan may be carried out. Consent comes from a person who typed `yes` after seeing the plan, or from flags;
 * what cannot be undone is named in the question. A refusal names the flag that allows it.
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

/** What a run is for: it decides who consents to what. */
export type Purpose =
  | { readonly type: "apply" }
  /** A saved plan that was not blocked is its own consent, as long as it is what would be done. */
  | { readonly type: "approved"; readonly plan: Plan }
  /** Consent is the name of project and server, from the flag or typed. */
  | { readonly type: "destroy"; readonly confirm: string | undefined };

/** A saved plan that was blocked stays blocked, whatever has changed since. Undefined for one that was not. */
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
  /** `stale`: not what was approved any more; `busy`: another run is writing; `refused`: for want of consent. */
  readonly reason: "stale" | "busy" | "refused";
}

export type Consent = { readonly given: true } | ConsentRefusal;

/** Flags that decide who consents. */
export type ConsentFlags = ApplyFlags & Pick<ServerFlags, "input">;

type ConsentRun = Run<ConsentFlags>;

/** Whether a person will be asked. */
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
 * A person who is asked consents to the deletes of the plan that is shown, so their number needs no flag. For a saved
 * plan the flags are those that it was made with, with every consent that was given then.
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
 * Whether a plan is not the one that was approved, or what is left of it; undefined when it is, and for runs without an
 * approval. Also one without steps may be: what was approved may not be declared any more.
 */
export function refuseStale(
  { context }: Run,
  plan: Plan,
  { purpose, desired }: { readonly purpose: Purpose; readonly desired: Desired },
): ConsentRefusal | undefined {
  if (purpose.type !== "approved") return undefined;
  // The file went through the redactor when it was written.
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

/** `plan` was made with `planOptionsFor`, and shown. */
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

/** Both names must be right, so that the wrong terminal and the wrong folder are noticed. */
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
