/**
 * A whole apply, from the files to the check that the server matches them. `apply`, `destroy` and `bootstrap --apply`
 * share it.
 */
import type { HeldLease } from "../../ledger/lease/hold-lease.ts";
import type { FirstHeartbeat } from "../../apply/wait.ts";
import type { Config } from "../../config/config.ts";
import { kinds } from "../../kinds/index.ts";
import type { ConnectOptions } from "../../kuma/connect-options.ts";
import { connect } from "../../kuma/connect.ts";
import { neededKinds } from "../../kuma/lists/needed-kinds.ts";
import { observe } from "../../kuma/observe.ts";
import type { Desired } from "../../model/entity.ts";
import { hasErrors } from "../../model/finding.ts";
import type { Freshness, KumaClient } from "../../model/kuma-client.ts";
import type { Observed } from "../../model/observed.ts";
import { type Plan, hasChanges } from "../../model/plan.ts";
import type { ApplyReport } from "../../model/progress.ts";
import { renderPlan } from "../../output/human/plan.ts";
import { outdatedPlanText } from "../../output/human/lease.ts";
import { renderRefusal } from "../../output/human/refusal.ts";
import { describePlan } from "../../output/words/describe-plan.ts";
import type { ApplyData, FindingsData } from "../../model/report-data.ts";
import { isBehind } from "../../ledger/ledger-of-run.ts";
import { planPlaces } from "../../secrets/data-places.ts";
import { makeBoundPlan } from "../../plan/make-plan.ts";
import { carryOutPlan } from "./carry-out-plan.ts";
import { checkForServer } from "../configuration/check-for-server.ts";
import { showInvalid, showUntested, showWarnings } from "../configuration/show-findings.ts";
import { shownFindings } from "../configuration/shown-findings.ts";
import { judgeBeforeWriting } from "../monitor-tests/judge-before-writing.ts";
import {
  askConsent,
  planOptionsFor,
  refuseBlocked,
  refuseStale,
  willAsk,
  type ConsentFlags,
  type Purpose,
  type ConsentRefusal,
} from "./consent.ts";
import { untilAborted } from "../../run/until-aborted.ts";
import { awaitFirstHeartbeats, isUp } from "./await-first-heartbeats.ts";
import type { ApplyFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { planWithHistories, withLostHistory, type MakePlan } from "../planning/plan-with-history.ts";
import { refuseEmptySelection } from "../planning/plan-options.ts";
import { readFreeLease, takeProjectLease, type FreeLease } from "./take-project-lease.ts";

export type ConvergeFlags = ConsentFlags & Pick<ApplyFlags, "onError" | "wait">;

export interface ConvergeInput {
  /** Without errors, as far as that is known without the server. */
  readonly config: Config;
  readonly connection: ConnectOptions;
  readonly purpose: Purpose;
}

/** Prints text while it runs; the caller publishes the returned data. */
export async function converge(run: Run<ConvergeFlags>, input: ConvergeInput): Promise<ApplyData | FindingsData> {
  const started = run.context.now();
  const client = await connect(input.connection);
  try {
    return await convergeOn(run, input, { client, started });
  } finally {
    await client.close();
  }
}

async function convergeOn(
  run: Run<ConvergeFlags>,
  { config, connection, purpose }: ConvergeInput,
  { client, started }: { readonly client: KumaClient; readonly started: number },
): Promise<ApplyData | FindingsData> {
  const { context, terminal, flags } = run;
  const checked = checkForServer(config, client.server);
  if (checked.desired === undefined) return showInvalid(run, config, checked.findings);
  const desired = purpose.type === "destroy" ? nothingOf(checked.desired) : checked.desired;
  if (purpose.type === "apply") refuseEmptySelection(flags, desired);
  const judged =
    purpose.type === "destroy" ? [] : await judgeBeforeWriting(run, { config, desired, server: client.server.version });
  const findings = [...checked.findings, ...judged];
  if (hasErrors(judged)) return showUntested(run, config, findings);
  if (purpose.type !== "destroy") showWarnings(run, config, findings);
  const wanted = planOptionsFor(run, purpose);
  const shown = shownFindings(config, findings);
  const { target } = config;
  let lease: HeldLease | undefined;
  try {
    for (let isFirst = true; ; isFirst = false) {
      const { freeLease, observed } = await untilAborted(
        observeProject(client, desired, isFirst ? "pushed" : "current"),
        context.signal,
      );
      // A run that has the lease must release it, so from here on no signal may end the process at once.
      const make: MakePlan = (own) =>
        lease === undefined ? context.whileBusy(() => makeBoundPlan(own)) : Promise.resolve(makeBoundPlan(own));
      const {
        plan: planned,
        binding,
        options,
      } = await planWithHistories({ desired, observed, options: wanted }, client, make);
      if (isFirst && isBehind(planned, observed)) continue;
      const plan = await withLostHistory(describePlan(planned), client);
      showPlan(run, plan, { purpose, ms: context.now() - started });
      const finish = (end: Ending): ApplyData => {
        return { type: "apply", plan, ...shown, target, ...end, ms: context.now() - started };
      };
      const refuse = (refusal: ConsentRefusal): ApplyData => {
        terminal.alert(renderRefusal(refusal, terminal.err.style));
        const { reason } = refusal;
        return finish({
          outcome: { type: reason === "busy" ? "stale" : reason },
          result: reason,
          refusal: refusal.refusal,
        });
      };
      const stale = refuseBlocked(purpose) ?? refuseStale(run, plan, { purpose, desired });
      if (stale === undefined && !hasChanges(plan)) return finish({ outcome: { type: "done" }, result: "unchanged" });
      const consent = stale ?? (await askConsent(run, plan, purpose));
      if (!consent.given) return refuse(consent);
      if (lease === undefined) {
        const { project } = desired;
        const waitMs = connection.timeouts?.call;
        const taken = await takeProjectLease(run, { client, project, observed: freeLease, waitMs });
        if (taken.state === "held-by-other") return refuse(taken.refusal);
        lease = taken.lease;
        if (taken.isOutdated) {
          terminal.note(outdatedPlanText);
          // A person may take long to answer, and other runs wait for the lease.
          if (willAsk(run, purpose)) {
            await lease?.release();
            lease = undefined;
          }
          continue;
        }
      }
      const report = await carryOutPlan(run, { plan, binding, options, desired, observed, client, lease });
      await release(run, lease);
      const waits = report.ok && flags.wait !== undefined && report.outcomes.length > 0;
      const firstHeartbeats = waits
        ? await awaitFirstHeartbeats(run, { client, desired, report, wait: flags.wait })
        : undefined;
      return finish({ ...outcomeOf(run, report, firstHeartbeats), report, firstHeartbeats });
    }
  } finally {
    await release(run, lease);
  }
}

/** Other runs wait for the lease, so a signal does not interrupt this. */
async function release({ context }: Run, lease: HeldLease | undefined): Promise<void> {
  if (lease !== undefined) await context.whileWriting(() => lease.release());
}

/** The lease is read first, so that a run that ends during the rest is noticed. */
async function observeProject(
  client: KumaClient,
  desired: Desired,
  freshness: Freshness,
): Promise<{ readonly freeLease: FreeLease; readonly observed: Observed }> {
  const { project } = desired;
  const [freeLease, observed] = await Promise.all([
    readFreeLease(client, project),
    observe(client, kinds, { freshness, project, needed: neededKinds(desired), declared: desired.entities }),
  ]);
  return { freeLease, observed };
}

/** The same project without any objects, so that everything it manages would be removed. */
function nothingOf({ project, policy }: Desired): Desired {
  return { project, policy, entities: new Map(), moves: [] };
}

type Ending = Pick<ApplyData, "outcome" | "result" | "refusal" | "report" | "firstHeartbeats">;

/** The exit code and the `result` of the document come from the same facts. */
function outcomeOf(
  { context }: Run,
  report: ApplyReport,
  firstHeartbeats: readonly FirstHeartbeat[] | undefined,
): Pick<Ending, "outcome" | "result"> {
  const interrupted = {
    outcome: { type: "interrupted", signal: context.interruptedBy() },
    result: "interrupted",
  } as const;
  if (report.interrupted) return interrupted;
  if (!report.ok) return { outcome: { type: "partial" }, result: "partial" };
  if (firstHeartbeats === undefined || firstHeartbeats.every(isUp)) {
    return { outcome: { type: "done" }, result: "applied" };
  }
  return context.signal.aborted ? interrupted : { outcome: { type: "not-up" }, result: "not-up" };
}

/** With other formats than text, the plan is shown only if a person is asked about it. */
function showPlan(
  run: Run<ConvergeFlags>,
  plan: Plan,
  { purpose, ms }: { readonly purpose: Purpose; readonly ms: number },
): void {
  const { context, terminal } = run;
  const options = { isFull: false, ms };
  const shown = context.redactor.data(plan, planPlaces);
  if (terminal.format === "human") return terminal.print(renderPlan(shown, { ...terminal.out, ...options }));
  if (willAsk(run, purpose) && hasChanges(plan)) {
    terminal.alert(renderPlan(shown, { ...terminal.err, ...options }));
  }
}
