/** Carries out the steps of a plan, with progress on stderr and the report on stdout. */
import { apply, type ApplyInput } from "../../apply/apply.ts";
import type { HeldLease } from "../../ledger/lease/hold-lease.ts";
import { kinds } from "../../kinds/index.ts";
import { neededKinds } from "../../kuma/lists/needed-kinds.ts";
import { observe } from "../../kuma/observe.ts";
import type { Freshness } from "../../model/kuma-client.ts";
import type { ApplyEvent, ApplyReport } from "../../model/progress.ts";
import { lostLeaseText } from "../../output/human/lease.ts";
import { interruptedText, renderEvent, renderStatusLine } from "../../output/human/progress.ts";
import { renderReport } from "../../output/human/report.ts";
import { describeReport } from "../../output/words/describe-plan.ts";
import type { ApplyFlags } from "../../run/flags.ts";
import { applyEventPlaces, applyReportPlaces } from "../../secrets/data-places.ts";
import type { Run } from "../../run/run.ts";

/** A plan with consent, and everything that it was made from. */
export interface ApprovedPlan extends Pick<
  ApplyInput,
  "plan" | "binding" | "options" | "desired" | "observed" | "client"
> {
  /** Undefined if the server does not store it. */
  readonly lease: HeldLease | undefined;
}

/** Throws KumaError if no step of the plan was carried out. */
export async function carryOutPlan(
  { context, terminal, flags }: Run<Pick<ApplyFlags, "onError" | "verify">>,
  approved: ApprovedPlan,
): Promise<ApplyReport> {
  const { plan, client, desired, lease } = approved;
  const started = context.now();
  const onAbort = (): void => terminal.note(interruptedText);
  context.signal.addEventListener("abort", onAbort, { once: true });
  const { project, entities } = desired;
  const freshness: Freshness = flags.verify === "full" ? "anew" : "current";
  const scope = { freshness, project, needed: neededKinds(desired), declared: entities };
  try {
    const found = await context.whileWriting(() =>
      apply({
        ...approved,
        kinds,
        onError: flags.onError,
        ...(lease === undefined ? {} : { mayWrite: () => lease.mayWrite() }),
        signal: context.signal,
        now: () => context.now(),
        observe: () => observe(client, kinds, scope),
        emit: (event) => showProgress({ terminal }, terminal.withoutSecrets(event, applyEventPlaces)),
      }),
    );
    const report = describeReport(found);
    terminal.print(
      `\n${renderReport(terminal.withoutSecrets(report, applyReportPlaces), { ...terminal.out, plan, ms: context.now() - started })}`,
    );
    const { lost } = lease ?? {};
    if (lost !== undefined) terminal.alert(lostLeaseText(lost.to));
    return report;
  } finally {
    context.signal.removeEventListener("abort", onAbort);
  }
}

function showProgress({ terminal }: Pick<Run, "terminal">, event: ApplyEvent): void {
  const lines = renderEvent(event, terminal.err.style);
  if (lines !== "") terminal.note(lines);
  const status = renderStatusLine(event);
  if (status !== "") terminal.status(status);
}
