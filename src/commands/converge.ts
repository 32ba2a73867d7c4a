/** The life of an apply, from the files to the proof that the server equals them. `apply` and `bootstrap --apply` share it. */
import { apply } from "../apply/apply.ts";
import type { FirstHeartbeat } from "../apply/wait.ts";
import { kinds } from "../kinds/index.ts";
import type { ConnectOptions } from "../kuma/connect-options.ts";
import { connect } from "../kuma/connect.ts";
import { neededKinds } from "../kuma/needed-kinds.ts";
import { observe, type ObserveOptions } from "../kuma/observe.ts";
import type { Desired } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Finding } from "../model/finding.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Plan } from "../model/plan.ts";
import type { ApplyReport } from "../model/progress.ts";
import { hasChanges } from "../output/human/plan-summary.ts";
import { renderPlan } from "../output/human/plan.ts";
import { renderEvent, renderStatusLine } from "../output/human/progress.ts";
import { renderReport } from "../output/human/report.ts";
import { createDocument, findingsBody, type ReportBody, type ReportResult } from "../output/json.ts";
import { makePlan, type PlanOptions } from "../plan/make-plan.ts";
import type { Config } from "../config/config.ts";
import { checkForServer, findingsText, showWarnings } from "./configuration.ts";
import { askConsent, optionsToAsk, willAsk, type Consent } from "./consent.ts";
import { untilAborted, type Context } from "./context.ts";
import { awaitNewMonitors, isUp } from "./first-heartbeats.ts";
import type { ApplyFlags, ServerFlags } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

export interface ConvergeInput {
  /** Without errors as far as can be known without a server. */
  readonly config: Config;
  readonly connection: ConnectOptions;
  readonly flags: ApplyFlags & Pick<ServerFlags, "input">;
  readonly context: Context;
  readonly terminal: Terminal;
}

/** Text was printed as it came; the document is for the caller, who may have more to say. */
export interface Converged {
  readonly outcome: Outcome;
  readonly document: object;
}

export async function converge(input: ConvergeInput): Promise<Converged> {
  const { connection, terminal } = input;
  const client = await connect(connection);
  try {
    return await convergeOn(client, input);
  } finally {
    terminal.clearStatus();
    await client.close();
  }
}

async function convergeOn(client: KumaClient, input: ConvergeInput): Promise<Converged> {
  const { config, flags, context, terminal } = input;
  const started = context.now();
  const { desired, findings } = checkForServer(config, client.server);
  if (desired === undefined) return invalid(input, findings);
  showWarnings(config, findings, terminal);
  const observed = await untilAborted(observe(client, kinds, scopeOf(desired, false)), context.signal);
  const options = optionsToAsk(flags, context);
  const plan = makePlan({ desired, observed, options });
  showPlan(plan, context.now() - started, input);
  if (!hasChanges(plan)) return finish({ type: "done" }, { plan, findings, result: "unchanged" });

  const consent = await askConsent(plan, { flags, context, style: terminal.err.style });
  if (!consent.given) {
    terminal.alert(refusalText(consent, terminal));
    return finish({ type: "refused" }, { plan, findings, result: "refused", refusal: consent.refusal });
  }
  const report = await carryOut({ plan, options, desired, observed, client }, input);
  const waits = report.ok && flags.wait !== undefined && report.outcomes.length > 0;
  const firstHeartbeats = waits
    ? await awaitNewMonitors({ client, desired, report, wait: flags.wait }, context, terminal)
    : undefined;
  const { outcome, result } = judge(report, firstHeartbeats, context);
  return finish(outcome, { plan, findings, result, report, ...(firstHeartbeats && { firstHeartbeats }) });
}

interface Approved {
  readonly plan: Plan;
  readonly options: PlanOptions;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly client: KumaClient;
}

async function carryOut(approved: Approved, { context, terminal }: ConvergeInput): Promise<ApplyReport> {
  const started = context.now();
  const { style } = terminal.err;
  const onAbort = (): void =>
    terminal.note("\ninterrupted: finishing the writes in flight; a second signal stops at once\n");
  context.signal.addEventListener("abort", onAbort, { once: true });
  const report = await apply({
    ...approved,
    kinds,
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

interface Facts {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly result: ReportResult;
  readonly refusal?: string;
  readonly report?: ApplyReport;
  readonly firstHeartbeats?: readonly FirstHeartbeat[];
}

function finish(outcome: Outcome, { plan, findings, result, refusal, report, firstHeartbeats }: Facts): Converged {
  const body: ReportBody = {
    project: plan.project,
    server: plan.server,
    result,
    summary: plan.summary,
    blockers: plan.blockers,
    ...(refusal === undefined ? {} : { refusal }),
    outcomes: report?.outcomes ?? [],
    ...(report === undefined ? {} : { verification: report.verification }),
    ...(firstHeartbeats === undefined ? {} : { firstHeartbeats }),
    findings,
  };
  return { outcome, document: createDocument("report", outcome, body) };
}

function invalid({ config, terminal }: ConvergeInput, findings: readonly Finding[]): Converged {
  const outcome: Outcome = { type: "invalid" };
  if (!terminal.isJson) terminal.alert(findingsText(config, findings, terminal.err));
  return { outcome, document: createDocument("findings", outcome, findingsBody(findings)) };
}

/** In JSON format the plan is shown only to a person who will be asked about it. */
function showPlan(plan: Plan, ms: number, { flags, context, terminal }: ConvergeInput): void {
  if (!terminal.isJson) return terminal.print(renderPlan(plan, { ...terminal.out, isFull: false, ms }));
  if (willAsk(flags, context) && hasChanges(plan)) {
    terminal.alert(renderPlan(plan, { ...terminal.err, isFull: false, ms }));
  }
}

function refusalText({ refusal, hint }: Extract<Consent, { given: false }>, { err }: Terminal): string {
  const { style } = err;
  const help = hint === undefined ? "" : ` ${style.bold("help:")} ${hint}\n`;
  return `${style.red("refused:")} ${refusal}\n${help}`;
}
