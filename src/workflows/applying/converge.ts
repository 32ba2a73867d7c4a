/**
 * The life of an apply, from the files to the proof that the server equals them. `apply`, `destroy` and `bootstrap --apply`
 * share it.
 */
import type { HeldLease } from "../../ledger/lease/hold-lease.ts";
import type { FirstHeartbeat } from "../../apply/wait.ts";
import type { Config } from "../../config/config.ts";
import { kinds } from "../../kinds/index.ts";
import type { ConnectOptions } from "../../kuma/connect-options.ts";
import { connect } from "../../kuma/connect.ts";
import { neededKinds } from "../../kuma/needed-kinds.ts";
import { observe } from "../../kuma/observe.ts";
import type { Desired } from "../../model/entity.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import type { Observed } from "../../model/observed.ts";
import { type Plan, hasChanges } from "../../model/plan.ts";
import type { ApplyReport } from "../../model/progress.ts";
import { renderPlan } from "../../output/human/plan.ts";
import { inert, inertLines } from "../../output/inert.ts";
import type { ApplyData, FindingsData } from "../../model/report-data.ts";
import { isBehind } from "../../ledger/ledger-of-run.ts";
import { makeBoundPlan } from "../../plan/make-plan.ts";
import { planPlaces } from "../../secrets/data-places.ts";
import { carryOut } from "./carry-out-plan.ts";
import { checkForServer, showWarnings, tellInvalid } from "../configuration/configuration.ts";
import { askConsent, optionsFor, refuseBlocked, refuseStale, willAsk, type Purpose, type Refusal } from "./consent.ts";
import { untilAborted, type Context } from "../../run/context.ts";
import { awaitNewMonitors, isUp } from "./await-first-heartbeats.ts";
import type { ApplyFlags, ServerFlags } from "../../run/flags.ts";
import { planWithHistories, withLostHistory, type MakePlan } from "../planning/plan-with-history.ts";
import { refuseEmptySelection } from "../planning/plan-options.ts";
import { markLease, takeTurn, type LeaseMark } from "./take-project-lease.ts";
import type { Terminal } from "../../run/terminal.ts";

export interface ConvergeInput {
  /** Without errors as far as can be known without a server. */
  readonly config: Config;
  readonly connection: ConnectOptions;
  readonly flags: ApplyFlags & Pick<ServerFlags, "input">;
  readonly purpose: Purpose;
  readonly context: Context;
  readonly terminal: Terminal;
}

/** Text was printed as it came; the data is for the caller, who may have more to say. */
export async function converge(input: ConvergeInput): Promise<ApplyData | FindingsData> {
  const { connection, context, terminal } = input;
  const started = context.now();
  const client = await connect(connection);
  try {
    return await convergeOn(client, started, input);
  } finally {
    terminal.clearStatus();
    await client.close();
  }
}

async function convergeOn(
  client: KumaClient,
  started: number,
  input: ConvergeInput,
): Promise<ApplyData | FindingsData> {
  const { config, connection, flags, purpose, context, terminal } = input;
  const checked = checkForServer(config, client.server);
  const { findings } = checked;
  if (checked.desired === undefined) return tellInvalid(config, findings, terminal);
  const desired = purpose.type === "destroy" ? nothingOf(checked.desired) : checked.desired;
  if (purpose.type === "apply") refuseEmptySelection(flags, desired);
  if (purpose.type !== "destroy") showWarnings(config, findings, terminal);
  const asked = optionsFor(purpose, { flags, context });
  const { sources, target } = config;
  let lease: HeldLease | undefined;
  try {
    for (let fresh = false; ; fresh = true) {
      const { mark, observed } = await untilAborted(look(client, desired, { fresh }), context.signal);
      // A lease that is held has to be given back, so no signal may end the process at once then.
      const make: MakePlan = (own) =>
        lease === undefined ? context.whileBusy(() => makeBoundPlan(own)) : Promise.resolve(makeBoundPlan(own));
      const {
        plan: planned,
        binding,
        options,
      } = await planWithHistories({ desired, observed, options: asked }, client, make);
      if (!fresh && isBehind(planned, observed)) continue;
      const plan = await withLostHistory(planned, client);
      showPlan(plan, context.now() - started, input);
      const finish = (end: Ending): ApplyData => {
        return { type: "apply", plan, findings, sources, target, ...end, ms: context.now() - started };
      };
      const refuse = (refusal: Refusal): ApplyData => {
        terminal.alert(refusalText(refusal, terminal));
        const { reason } = refusal;
        return finish({
          outcome: { type: reason === "busy" ? "stale" : reason },
          result: reason,
          refusal: refusal.refusal,
        });
      };
      const stale = refuseBlocked(purpose) ?? refuseStale(plan, { purpose, desired, context });
      if (stale === undefined && !hasChanges(plan)) return finish({ outcome: { type: "done" }, result: "unchanged" });
      const consent = stale ?? (await askConsent(plan, { purpose, flags, context, style: terminal.err.style }));
      if (!consent.given) return refuse(consent);
      if (lease === undefined) {
        const { project } = desired;
        const waitMs = connection.timeouts?.call;
        const turn = await takeTurn({ client, project, mark, waitMs, context, terminal });
        if (turn.state === "others") return refuse(turn.refusal);
        lease = turn.lease;
        if (turn.isOutdated) {
          terminal.note("making the plan again: the server may have changed since it was read\n");
          // A person may take long to answer, and others wait.
          if (willAsk(purpose, flags, context)) {
            await lease?.release();
            lease = undefined;
          }
          continue;
        }
      }
      const report = await carryOut({ plan, binding, options, desired, observed, client, lease }, input);
      await release(lease, context);
      terminal.clearStatus();
      const waits = report.ok && flags.wait !== undefined && report.outcomes.length > 0;
      const firstHeartbeats = waits
        ? await awaitNewMonitors({ client, desired, report, wait: flags.wait }, context, terminal)
        : undefined;
      return finish({ ...judge(report, firstHeartbeats, context), report, firstHeartbeats });
    }
  } finally {
    await release(lease, context);
  }
}

/** Others wait for it, so a signal does not cut this off. */
async function release(lease: HeldLease | undefined, { whileWriting }: Context): Promise<void> {
  if (lease !== undefined) await whileWriting(() => lease.release());
}

/** The lease is read first, so that a run that ends while the rest is read does not go unnoticed. */
async function look(
  client: KumaClient,
  desired: Desired,
  { fresh }: { readonly fresh: boolean },
): Promise<{ readonly mark: LeaseMark; readonly observed: Observed }> {
  const { project } = desired;
  const [mark, observed] = await Promise.all([
    markLease(client, project),
    observe(client, kinds, { fresh, project, needed: neededKinds(desired), declared: desired.entities }),
  ]);
  return { mark, observed };
}

/** The project without anything in it: all that it manages would be removed. */
function nothingOf({ project, policy }: Desired): Desired {
  return { project, policy, entities: new Map(), moves: [] };
}

type Ending = Pick<ApplyData, "outcome" | "result" | "refusal" | "report" | "firstHeartbeats">;

/** The same facts decide the exit code and the word in the document. */
function judge(
  report: ApplyReport,
  firstHeartbeats: readonly FirstHeartbeat[] | undefined,
  context: Context,
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

/** In other formats than text the plan is shown only to a person who will be asked about it. */
function showPlan(plan: Plan, ms: number, { flags, purpose, context, terminal }: ConvergeInput): void {
  const options = { isFull: false, ms };
  const shown = context.redactor.data(plan, planPlaces);
  if (terminal.format === "human") return terminal.print(renderPlan(shown, { ...terminal.out, ...options }));
  if (willAsk(purpose, flags, context) && hasChanges(plan)) {
    terminal.alert(renderPlan(shown, { ...terminal.err, ...options }));
  }
}

function refusalText({ refusal, hint, reason }: Refusal, { err }: Terminal): string {
  const { style } = err;
  const help = hint === undefined ? "" : ` ${style.bold("help:")} ${inert(hint)}\n`;
  return `${style.red(`${reason}:`)} ${inertLines(refusal).join("\n")}\n${help}`;
}
