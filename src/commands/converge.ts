/**
 * The life of an apply, from the files to the proof that the server equals them. `apply`, `destroy` and `bootstrap --apply`
 * share it.
 */
import { apply } from "../apply/apply.ts";
import type { FirstHeartbeat } from "../apply/wait.ts";
import type { Config } from "../config/config.ts";
import { kinds } from "../kinds/index.ts";
import type { ConnectOptions } from "../kuma/connect-options.ts";
import { connect } from "../kuma/connect.ts";
import { neededKinds } from "../kuma/needed-kinds.ts";
import { observe, type ObserveOptions } from "../kuma/observe.ts";
import type { Desired } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Finding } from "../model/finding.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan.ts";
import type { ApplyReport } from "../model/progress.ts";
import { hasChanges } from "../output/human/plan-summary.ts";
import { renderPlan } from "../output/human/plan.ts";
import { renderEvent, renderStatusLine } from "../output/human/progress.ts";
import { renderReport } from "../output/human/report.ts";
import { inert } from "../output/inert.ts";
import type { ReportResult } from "../output/json.ts";
import type { ApplyData, FindingsData } from "../output/report-data.ts";
import { makePlan, type PlanOptions } from "../plan/make-plan.ts";
import { checkForServer, findingsText, showWarnings } from "./configuration.ts";
import { askConsent, optionsFor, willAsk, type Consent, type Purpose } from "./consent.ts";
import { untilAborted, type Context } from "./context.ts";
import { awaitNewMonitors, isUp } from "./first-heartbeats.ts";
import type { ApplyFlags, ServerFlags } from "./flags.ts";
import { withLostHistory } from "./lost-history.ts";
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
  const { connection, terminal } = input;
  const client = await connect(connection);
  try {
    return await convergeOn(client, input);
  } finally {
    terminal.clearStatus();
    await client.close();
  }
}

async function convergeOn(client: KumaClient, input: ConvergeInput): Promise<ApplyData | FindingsData> {
  const { config, flags, purpose, context, terminal } = input;
  const started = context.now();
  const checked = checkForServer(config, client.server);
  const { findings } = checked;
  if (checked.desired === undefined) return invalid(input, findings);
  const desired = purpose.type === "destroy" ? nothingOf(checked.desired) : checked.desired;
  if (purpose.type !== "destroy") showWarnings(config, findings, terminal);
  const observed = await untilAborted(observe(client, kinds, scopeOf(desired, false)), context.signal);
  const options = optionsFor(purpose, desired, { flags, context });
  const plan = await withLostHistory(makePlan({ desired, observed, options }), client);
  const facts = { plan, findings, ...started_(input, started) };
  showPlan(plan, context.now() - started, input);
  if (!hasChanges(plan)) return finish({ type: "done" }, { ...facts, result: "unchanged" });

  const consent = await askConsent(plan, { purpose, flags, context, style: terminal.err.style });
  if (!consent.given) {
    terminal.alert(refusalText(consent, terminal));
    const { refusal, isStale } = consent;
    return isStale
      ? finish({ type: "stale" }, { ...facts, result: "stale", refusal })
      : finish({ type: "refused" }, { ...facts, result: "refused", refusal });
  }
  const report = await carryOut({ plan, options, desired, observed, client }, input);
  const waits = report.ok && flags.wait !== undefined && report.outcomes.length > 0;
  const firstHeartbeats = waits
    ? await awaitNewMonitors({ client, desired, report, wait: flags.wait }, context, terminal)
    : undefined;
  const { outcome, result } = judge(report, firstHeartbeats, context);
  return finish(outcome, { ...facts, result, report, firstHeartbeats });
}

/** The project without anything in it: all that it manages would be removed. */
function nothingOf({ project, policy }: Desired): Desired {
  return { project, policy, entities: new Map(), moves: [] };
}

interface Approved {
  readonly plan: Plan;
  readonly options: PlanOptions;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly client: KumaClient;
}

async function carryOut(approved: Approved, { flags, context, terminal }: ConvergeInput): Promise<ApplyReport> {
  const started = context.now();
  const { style } = terminal.err;
  const onAbort = (): void =>
    terminal.note("\ninterrupted: finishing the writes in flight; a second signal stops at once\n");
  context.signal.addEventListener("abort", onAbort, { once: true });
  const report = await apply({
    ...approved,
    kinds,
    onError: flags.onError,
    signal: context.signal,
    now: () => context.now(),
    observe: () => observe(approved.client, kinds, scopeOf(approved.desired, true)),
    emit: (event) => {
      const lines = renderEvent(event, style);
      if (lines !== "") terminal.note(lines);
      const status = renderStatusLine(event);
      if (status !== "") terminal.status(status);
    },
  });
  context.signal.removeEventListener("abort", onAbort);
  terminal.clearStatus();
  terminal.print(`\n${renderReport(report, { ...terminal.out, ms: context.now() - started })}`);
  return report;
}

function scopeOf(desired: Desired, fresh: boolean): ObserveOptions {
  return { fresh, project: desired.project, needed: neededKinds(desired) };
}

/** The same facts decide the exit code and the word in the document. */
function judge(
  report: ApplyReport,
  firstHeartbeats: readonly FirstHeartbeat[] | undefined,
  context: Context,
): { readonly outcome: Outcome; readonly result: ReportResult } {
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

type Facts = Omit<ApplyData, "type" | "outcome" | "ms"> & { readonly elapsed: () => number };

function started_({ config, context }: ConvergeInput, started: number): Pick<Facts, "sources" | "target" | "elapsed"> {
  return { sources: config.sources, target: config.target, elapsed: () => context.now() - started };
}

function finish(outcome: Outcome, { elapsed, ...facts }: Facts): ApplyData {
  return { type: "apply", outcome, ...facts, ms: elapsed() };
}

function invalid({ config, terminal }: ConvergeInput, findings: readonly Finding[]): FindingsData {
  if (!terminal.isJson) terminal.alert(findingsText(config, findings, terminal.err));
  return { type: "findings", outcome: { type: "invalid" }, project: config.project, findings, sources: config.sources };
}

/** In other formats than text the plan is shown only to a person who will be asked about it. */
function showPlan(plan: Plan, ms: number, { flags, purpose, context, terminal }: ConvergeInput): void {
  const options = { isFull: false, ms };
  const shown = context.redactor.document(plan) as Plan;
  if (terminal.format === "human") return terminal.print(renderPlan(shown, { ...terminal.out, ...options }));
  if (willAsk(purpose, flags, context) && hasChanges(plan)) {
    terminal.alert(renderPlan(shown, { ...terminal.err, ...options }));
  }
}

function refusalText({ refusal, hint, isStale }: Extract<Consent, { given: false }>, { err }: Terminal): string {
  const { style } = err;
  const help = hint === undefined ? "" : ` ${style.bold("help:")} ${inert(hint)}\n`;
  return `${style.red(isStale ? "stale:" : "refused:")} ${inert(refusal)}\n${help}`;
}
