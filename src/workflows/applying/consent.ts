/**
 * Whether a plan may be carried out. Consent comes from a person who typed `yes` after seeing the plan, or from flags; what
 * cannot be undone is named in the question. A refusal says which flag would have lifted it.
 */
import type { Desired } from "../../model/entity.ts";
import type { Plan } from "../../model/plan.ts";
import { inert } from "../../output/inert.ts";
import { inertName } from "../../output/human/field-changes.ts";
import { plural } from "../../output/words/counts.ts";
import type { Style } from "../../output/style.ts";
import { compareWithApproved } from "../../plan/approval.ts";
import type { PlanOptions } from "../../plan/make-plan.ts";
import { isInteractive, type Context } from "../../run/context.ts";
import type { ApplyFlags, ServerFlags } from "../../run/flags.ts";
import { planPlaces } from "../../secrets/data-places.ts";
import { planOptions } from "../planning/plan-options.ts";

/** What a run is for: it decides who consents to what. */
export type Purpose =
  | { readonly type: "apply" }
  /** A saved plan that was not blocked is its own consent, as long as it is what would be done. */
  | { readonly type: "approved"; readonly plan: Plan }
  /** Consent is the name of project and server, from the flag or typed. */
  | { readonly type: "destroy"; readonly confirm: string | undefined };

/** A blocked plan stays blocked, whatever has changed since: nobody has consented to it. Undefined for one that is not. */
export function refuseBlocked(purpose: Purpose): Refusal | undefined {
  if (purpose.type !== "approved" || purpose.plan.blockers.length === 0) return undefined;
  const codes = [...new Set(purpose.plan.blockers.map(({ code }) => code))].join(", ");
  return refuse(
    `the saved plan was blocked when it was made (${codes}); nothing was written`,
    "make it again with plan --out and the flag that lifts this, such as --allow-deletes N, and have it looked at again",
  );
}

export interface Refusal {
  readonly given: false;
  readonly refusal: string;
  readonly hint?: string;
  /** `stale`: not what was approved any more; `busy`: another run is writing; `refused`: for want of consent. */
  readonly reason: "stale" | "busy" | "refused";
}

export type Consent = { readonly given: true } | Refusal;

type ConsentFlags = ApplyFlags & Pick<ServerFlags, "input">;

interface Asking {
  readonly flags: ConsentFlags;
  readonly context: Context;
}

/** Whether the question will be put to a person. */
export function willAsk(purpose: Purpose, flags: ConsentFlags, context: Context): boolean {
  switch (purpose.type) {
    case "apply":
      return flags.autoApprove !== true && isInteractive(context, flags);
    case "destroy":
      return purpose.confirm === undefined && isInteractive(context, flags);
    case "approved":
      return false;
    default:
      return purpose satisfies never;
  }
}

/**
 * A person says yes to the deletes of the very plan that is shown, so their number needs no flag. For a saved plan the flags
 * are those that it was made with, which hold all the consent there is.
 */
export function optionsFor(purpose: Purpose, { flags, context }: Asking): PlanOptions {
  const options = planOptions(flags);
  switch (purpose.type) {
    case "apply":
      return willAsk(purpose, flags, context) ? { ...options, asksDeletes: true } : options;
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
  plan: Plan,
  { purpose, desired, context }: { readonly purpose: Purpose; readonly desired: Desired; readonly context: Context },
): Refusal | undefined {
  if (purpose.type !== "approved") return undefined;
  // The file went through the redactor when it was written.
  const { state, moved } = compareWithApproved(purpose.plan, context.redactor.data(plan, planPlaces), desired);
  if (state !== "stale") return undefined;
  const lines = moved
    .slice(0, mostMoved)
    .map(({ key, why }) => `\n  ${key === undefined ? "" : `${inert(key)}: `}${inert(why)}`);
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

/** `plan` was made with `optionsFor`, and shown. */
export async function askConsent(
  plan: Plan,
  { purpose, flags, context, style }: Asking & { readonly purpose: Purpose; readonly style: Style },
): Promise<Consent> {
  if (plan.blockers.length > 0) {
    const count = plural(plan.blockers.length, "problem");
    return refuse(`the plan is blocked by ${count}; nothing was written`);
  }
  switch (purpose.type) {
    case "approved":
      return { given: true };
    case "destroy":
      return confirmDestroy(plan, purpose.confirm, { flags, context, style });
    case "apply":
      return askToApply(plan, { flags, context, style });
    default:
      return purpose satisfies never;
  }
}

function refuse(refusal: string, hint?: string): Refusal {
  return { given: false, refusal, reason: "refused", ...(hint === undefined ? {} : { hint }) };
}

async function askToApply(plan: Plan, { flags, context, style }: Asking & { readonly style: Style }): Promise<Consent> {
  if (flags.autoApprove === true) return { given: true };
  if (!willAsk({ type: "apply" }, flags, context)) {
    return refuse(
      "there is nobody to ask, so nothing was written",
      "give --auto-approve to apply without a question, or apply a saved plan",
    );
  }
  const answer = await context.ask(question(plan, style));
  return answer.trim() === "yes" ? { given: true } : refuse('the answer was not "yes"; nothing was written');
}

/** Both names must be right, so that the wrong terminal and the wrong folder are noticed. */
async function confirmDestroy(
  plan: Plan,
  confirm: string | undefined,
  { flags, context, style }: Asking & { readonly style: Style },
): Promise<Consent> {
  const token = `${plan.project}@${new URL(plan.server.url).host}`;
  const isAsked = willAsk({ type: "destroy", confirm }, flags, context);
  const ask = style.bold(`This deletes all of the above, with its history. Type ${inert(token)} to go on: `);
  const given = confirm ?? (isAsked ? (await context.ask(`\n${ask}`)).trim() : undefined);
  if (given === token) return { given: true };
  return given === undefined
    ? refuse("there is nobody to ask, so nothing was deleted", `give --confirm ${inert(token)}`)
    : refuse(`"${inert(given)}" is not ${inert(token)}; nothing was deleted`, `give --confirm ${inert(token)}`);
}

function question({ server, project, steps }: Plan, style: Style): string {
  const deletes = steps.filter((step) => step.action === "delete");
  const warning = `This deletes ${plural(deletes.length, "object")}. Deleting a monitor permanently erases its history:`;
  const lost = deletes.map(({ key, name }) => `  ${style.red("-")} ${inert(key)}  ${inertName(name)}`);
  const ask = `Apply this to project ${inert(project)} at ${inert(server.url)}? Type "yes" to continue: `;
  return ["", ...(deletes.length === 0 ? [] : [style.red(warning), ...lost, ""]), style.bold(ask)].join("\n");
}
