/** Makes a plan from a configuration and a server, or a snapshot of one, and shows it on the screen and in files. */
import type { Config } from "../../config/config.ts";
import { silenced } from "../../config/silencing/silencing.ts";
import { valueOrigins } from "../../config/value-origins.ts";
import type { OpenConfig } from "../../config/load.ts";
import { kinds } from "../../kinds/index.ts";
import { connectReadOnly } from "../../kuma/connect.ts";
import { neededKinds } from "../../kuma/lists/needed-kinds.ts";
import { observe } from "../../kuma/observe.ts";
import type { Desired } from "../../model/entity.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { audible, hasErrors, type Finding } from "../../model/finding.ts";
import { pointerParts } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import { type Plan, hasChanges } from "../../model/plan.ts";
import { findingNoteText } from "../../output/human/note.ts";
import { savedPlanText, withheldText } from "../../output/human/plan-notes.ts";
import { renderPlan } from "../../output/human/plan.ts";
import { describePlan } from "../../output/words/describe-plan.ts";
import { planPlaces } from "../../secrets/data-places.ts";
import { makeBoundPlan, makePlan } from "../../plan/make-plan.ts";
import { checkForServer } from "../configuration/check-for-server.ts";
import { resolveConfiguration } from "../configuration/read-configuration.ts";
import { refuseInvalid, refuseUntested, showWarnings } from "../configuration/show-findings.ts";
import { shownFindings } from "../configuration/shown-findings.ts";
import { judgeBeforeWriting } from "../monitor-tests/judge-before-writing.ts";
import { readConnection } from "../connection/read-connection.ts";
import { untilAborted } from "../../run/until-aborted.ts";
import type { EarlyConnection } from "../connection/early-connection.ts";
import {
  noteVulnerableJsonata,
  vulnerableJsonata,
  withoutServerDependent,
} from "../configuration/vulnerable-jsonata.ts";
import { leftDrillCopies } from "../drills/left-copies.ts";
import { ownerlessObjects } from "./ownerless-objects.ts";
import { planWithHistories, withLostHistory } from "./plan-with-history.ts";
import { planOptions, planShape, refuseEmptySelection } from "./plan-options.ts";
import type { PlanFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { publish } from "../reports/publish.ts";
import { runForTargets } from "../targets/run-for-targets.ts";
import { savePlan } from "./saved-plan.ts";
import { readSnapshotFile } from "./read-snapshot-file.ts";
import { chooseTarget } from "../targets/choose-targets.ts";

type PlanRun = Run<PlanFlags>;

export interface ShowPlanInput {
  /** Start time in milliseconds of the context's clock. */
  readonly started: number;
  readonly early: EarlyConnection | undefined;
}

export function showPlan(run: PlanRun, input: ShowPlanInput): Promise<Outcome> {
  return runForTargets(run, "plan", (own, opened) => planTarget(own, opened, input));
}

async function planTarget(run: PlanRun, opened: OpenConfig, { started, early }: ShowPlanInput): Promise<Outcome> {
  const { against, withSecrets = false } = run.flags;
  const isOffline = against !== undefined && !withSecrets;
  const config = await resolveConfiguration(run, opened, isOffline ? "withheld" : "real");
  if (hasErrors(withoutServerDependent(config.findings))) {
    await early?.abandon();
    return refuseInvalid(run, config, config.findings);
  }
  const planning = { config, started };
  if (against !== undefined) return planAgainst(run, against, planning);

  const reader = await openReader(run, config, early);
  try {
    return await planOn(run, reader, planning);
  } finally {
    await reader.close();
  }
}

/** The early connection goes to the server of flags and environment; a target may be another one. */
async function openReader(run: PlanRun, config: Config, early: EarlyConnection | undefined): Promise<KumaReader> {
  const options = await readConnection(run, config);
  if (early?.leadsTo(options) === true) return early.reader;
  await early?.abandon();
  return connectReadOnly(options);
}

interface Planning {
  readonly config: Config;
  readonly started: number;
}

async function planOn(run: PlanRun, reader: KumaReader, planning: Planning): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { config } = planning;
  const { desired, findings: checked } = checkForServer(config, reader.server);
  if (desired === undefined) return refuseInvalid(run, config, checked);
  refuseEmptySelection(flags, desired);
  const judged = await judgeBeforeWriting(run, { config, desired, server: reader.server.version });
  const findings = [...checked, ...judged];
  if (hasErrors(judged)) return refuseUntested(run, config, findings);
  showWarnings(run, config, findings);
  const scope = {
    freshness: "pushed" as const,
    project: desired.project,
    needed: neededKinds(desired),
    declared: desired.entities,
  };
  const observed = await untilAborted(observe(reader, kinds, scope), context.signal);
  const left = leftDrillCopies(observed, desired.project);
  if (!terminal.isJson) for (const finding of left) terminal.note(findingNoteText(finding));
  const input = { desired, observed, options: planOptions(flags) };
  const { plan } = await planWithHistories(input, reader, (own) => context.whileBusy(() => makeBoundPlan(own)));
  const described = await withLostHistory(describePlan(plan), reader);
  const ownerless = silenced(await ownerlessObjects(reader, plan), config.silencing);
  if (!terminal.isJson) for (const finding of audible(ownerless)) terminal.note(findingNoteText(finding));
  return finish(run, { plan: described, findings: [...findings, ...left, ...ownerless] }, planning);
}

/** Needs no credentials. Secrets are not compared, because a snapshot has none. */
async function planAgainst(run: PlanRun, path: string, planning: Planning): Promise<Outcome> {
  const { context, flags } = run;
  const { config } = planning;
  // The flags must choose the target whose variables are used.
  chooseTarget(config.targets, flags);
  const observed = await readSnapshotFile(run, path);
  const { desired, findings: checked } = checkForServer(config, observed.server);
  if (desired === undefined) return refuseInvalid(run, config, checked);
  refuseEmptySelection(flags, desired);
  const judged = await judgeBeforeWriting(run, { config, desired, server: observed.server.version });
  const findings = [...checked, ...judged];
  if (hasErrors(judged)) return refuseUntested(run, config, findings);
  showWarnings(run, config, findings);
  noteWithheld(run, desired);
  const plan = await context.whileBusy(() => makePlan({ desired, observed, options: planOptions(flags) }));
  return finish(run, { plan: describePlan(plan), findings }, planning);
}

interface Planned {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/** A reviewer must not mistake a value that was not compared for an unchanged one. */
function noteWithheld({ terminal }: Run, { entities }: Desired): void {
  const places = [...entities.values()].flatMap(({ key, withheld = [] }) =>
    [...new Set(withheld.map((pointer) => pointerParts(pointer)[0] ?? ""))].map((field) => `${field} of ${key}`),
  );
  const [first, ...others] = places;
  if (first !== undefined && !terminal.isJson) terminal.alert(withheldText(first, others.length));
}

async function finish(run: PlanRun, planned: Planned, { config, started }: Planning): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { plan } = planned;
  const { target } = config;
  const outcome: Outcome = flags.detailedExitcode === true && hasChanges(plan) ? { type: "changes" } : { type: "done" };
  const ms = context.now() - started;
  const vulnerable = silenced(vulnerableJsonata(plan.server.version), config.silencing);
  const { findings, sources } = shownFindings(config, [...planned.findings, ...vulnerable]);
  noteVulnerableJsonata(run, vulnerable);
  // Redacted before it is cut to the width of the screen, because half a secret would not be recognised.
  const shown = context.redactor.data(plan, planPlaces);
  const originsOf = flags.full === true ? valueOrigins(config) : undefined;
  terminal.print(renderPlan(shown, { ...terminal.out, isFull: flags.full === true, originsOf, ms }));
  if (flags.out !== undefined) {
    await savePlan(run, flags.out, { plan, findings, target, shape: planShape(flags) });
    terminal.note(savedPlanText(plan, flags.out));
  }
  return publish(run, { type: "plan", outcome, plan, findings, sources, target, ms });
}
