/**
 * The life of an apply, from the files to the proof that the server equals them. `apply`, `destroy` and `bootstrap --apply`
 * share it.
 */
import type { FirstHeartbeat } from "../apply/wait.ts";
import type { Config } from "../config/config.ts";
import { kinds } from "../kinds/index.ts";
import type { ConnectOptions } from "../kuma/connect-options.ts";
import { connect } from "../kuma/connect.ts";
import { neededKinds } from "../kuma/needed-kinds.ts";
import { observe } from "../kuma/observe.ts";
import type { Desired } from "../model/entity.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Plan } from "../model/plan.ts";
import type { ApplyReport } from "../model/progress.ts";
import { hasChanges } from "../output/human/plan-summary.ts";
import { renderPlan } from "../output/human/plan.ts";
import { inert, inertLines } from "../output/inert.ts";
import type { ApplyData, FindingsData } from "../output/report-data.ts";
import { makePlan } from "../plan/make-plan.ts";
import { carryOut } from "./carry-out.ts";
import { checkForServer, showWarnings, tellInvalid } from "./configuration.ts";
import { askConsent, optionsFor, refuseStale, willAsk, type Purpose, type Refusal } from "./consent.ts";
import { untilAborted, type Context } from "./context.ts";
import { awaitNewMonitors, isUp } from "./first-heartbeats.ts";
import type { ApplyFlags, ServerFlags } from "./flags.ts";
import { withLostHistory } from "./lost-history.ts";
import { refuseEmptySelection } from "./plan-options.ts";
import type { Terminal } from "./terminal.ts";

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
  const { config, flags, purpose, context, terminal } = input;
  const checked = checkForServer(config, client.server);
  const { findings } = checked;
  if (checked.desired === undefined) return tellInvalid(config, findings, terminal);
  const desired = purpose.type === "destroy" ? nothingOf(checked.desired) : checked.desired;
  if (purpose.type === "apply") refuseEmptySelection(flags, desired);
  if (purpose.type !== "destroy") showWarnings(config, findings, terminal);
  const scope = { fresh: false, project: desired.project, needed: neededKinds(desired) };
  const observed = await untilAborted(observe(client, kinds, scope), context.signal);
  const options = optionsFor(purpose, { flags, context });
  const plan = await withLostHistory(makePlan({ desired, observed, options }), client);
  showPlan(plan, context.now() - started, input);

  const { sources, target } = config;
  const finish = (end: Ending): ApplyData => {
    return { type: "apply", plan, findings, sources, target, ...end, ms: context.now() - started };
  };
  const stale = refuseStale(plan, { purpose, desired, context });
  if (stale === undefined && !hasChanges(plan)) return finish({ outcome: { type: "done" }, result: "unchanged" });
  const consent = stale ?? (await askConsent(plan, { purpose, flags, context, style: terminal.err.style }));
  if (!consent.given) {
    terminal.alert(refusalText(consent, terminal));
    const result = consent.isStale ? "stale" : "refused";
    return finish({ outcome: { type: result }, result, refusal: consent.refusal });
  }
  const report = await carryOut({ plan, options, desired, observed, client }, input);
  terminal.clearStatus();
  const waits = report.ok && flags.wait !== undefined && report.outcomes.length > 0;
  const firstHeartbeats = waits
    ? await awaitNewMonitors({ client, desired, report, wait: flags.wait }, context, terminal)
    : undefined;
  return finish({ ...judge(report, firstHeartbeats, context), report, firstHeartbeats });
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
  const shown = context.redactor.document(plan);
  if (terminal.format === "human") return terminal.print(renderPlan(shown, { ...terminal.out, ...options }));
  if (willAsk(purpose, flags, context) && hasChanges(plan)) {
    terminal.alert(renderPlan(shown, { ...terminal.err, ...options }));
  }
}

function refusalText({ refusal, hint, isStale }: Refusal, { err }: Terminal): string {
  const { style } = err;
  const help = hint === undefined ? "" : ` ${style.bold("help:")} ${inert(hint)}\n`;
  return `${style.red(isStale ? "stale:" : "refused:")} ${inertLines(refusal).join("\n")}\n${help}`;
}
