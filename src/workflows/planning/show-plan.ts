/** From a configuration and a server, or a snapshot of one, to a plan on the screen and in files. */
import type { Config } from "../../config/config.ts";
import { kinds } from "../../kinds/index.ts";
import { connectReadOnly } from "../../kuma/connect.ts";
import { neededKinds } from "../../kuma/needed-kinds.ts";
import { observe } from "../../kuma/observe.ts";
import type { Desired } from "../../model/entity.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { hasErrors, type Finding } from "../../model/finding.ts";
import { pointerParts } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import { type Plan, hasChanges } from "../../model/plan.ts";
import { plural } from "../../output/words/counts.ts";
import { inert } from "../../output/inert.ts";
import { renderPlan } from "../../output/human/plan.ts";
import { makeBoundPlan, makePlan } from "../../plan/make-plan.ts";
import { planPlaces } from "../../secrets/data-places.ts";
import { checkForServer, readConfiguration, refuseInvalid, showWarnings } from "../configuration/configuration.ts";
import { readConnection } from "../connection/read-connection.ts";
import { untilAborted, type Context } from "../../run/context.ts";
import type { EarlyConnection } from "../connection/early-connection.ts";
import { knownHoleOf, noteKnownHole, withoutServerDependent } from "../configuration/vulnerable-jsonata.ts";
import { planWithHistories, withLostHistory } from "./plan-with-history.ts";
import { planOptions, planShape, refuseEmptySelection } from "./plan-options.ts";
import type { PlanFlags } from "../../run/plan-flags.ts";
import { parseReports, publish, type Publication } from "../reports/reports.ts";
import { runForTargets } from "../targets/run-for-targets.ts";
import { savePlan } from "./saved-plan.ts";
import { readSnapshotFile } from "./read-snapshot-file.ts";
import { chooseTarget } from "../targets/choose-targets.ts";
import { createTerminal, type Terminal } from "../../run/terminal.ts";

export interface ShowPlanInput {
  readonly context: Context;
  readonly flags: PlanFlags;
  /** By the context's clock. */
  readonly started: number;
  readonly early: EarlyConnection | undefined;
}

export function showPlan({ context, flags, started, early }: ShowPlanInput): Promise<Outcome> {
  const run = (own: Context, ownFlags: PlanFlags): Promise<Outcome> =>
    showOne({ context: own, flags: ownFlags, started, early });
  return runForTargets({ context, flags, command: "plan", run });
}

async function showOne({ context, flags, started, early }: ShowPlanInput): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const publication = { context, terminal, reports: parseReports(flags, "plan", context) };
  const { against, withSecrets = false } = flags;
  const isOffline = against !== undefined && !withSecrets;
  const config = await readConfiguration(flags, context, isOffline ? "withheld" : "real");
  if (hasErrors(withoutServerDependent(config.findings))) {
    await early?.abandon();
    return refuseInvalid(config, config.findings, publication);
  }
  const planning = { config, flags, publication, started };
  if (flags.against !== undefined) return planAgainst(flags.against, planning);

  const reader = await openReader(config, { context, flags, early, terminal });
  try {
    return await planOn(reader, planning);
  } finally {
    terminal.clearStatus();
    await reader.close();
  }
}

/** The early connection went where flags and environment say; a target may be elsewhere. */
async function openReader(
  config: Config,
  { context, flags, early, terminal }: Omit<ShowPlanInput, "started"> & Pick<Publication, "terminal">,
): Promise<KumaReader> {
  const options = await readConnection(flags, context, terminal, config);
  if (early?.leadsTo(options) === true) return early.reader;
  await early?.abandon();
  return connectReadOnly(options);
}

interface Planning {
  readonly config: Config;
  readonly flags: PlanFlags;
  readonly publication: Publication;
  readonly started: number;
}

async function planOn(reader: KumaReader, planning: Planning): Promise<Outcome> {
  const { config, flags, publication } = planning;
  const { desired, findings } = checkForServer(config, reader.server);
  if (desired === undefined) return refuseInvalid(config, findings, publication);
  refuseEmptySelection(flags, desired);
  showWarnings(config, findings, publication.terminal);
  const scope = { fresh: false, project: desired.project, needed: neededKinds(desired), declared: desired.entities };
  const observed = await untilAborted(observe(reader, kinds, scope), publication.context.signal);
  const input = { desired, observed, options: planOptions(flags) };
  const { plan } = await planWithHistories(input, reader, (own) =>
    publication.context.whileBusy(() => makeBoundPlan(own)),
  );
  return tell(await withLostHistory(plan, reader), findings, planning);
}

/** Without credentials, and without what a snapshot leaves out: secrets are not compared. */
async function planAgainst(path: string, planning: Planning): Promise<Outcome> {
  const { config, flags, publication } = planning;
  // The variables of one target, or those of none: somebody has to say which.
  chooseTarget(config.targets, flags);
  const observed = await readSnapshotFile(path, publication.context);
  const { desired, findings } = checkForServer(config, observed.server);
  if (desired === undefined) return refuseInvalid(config, findings, publication);
  refuseEmptySelection(flags, desired);
  showWarnings(config, findings, publication.terminal);
  noteWithheld(desired, publication.terminal);
  const plan = await publication.context.whileBusy(() => makePlan({ desired, observed, options: planOptions(flags) }));
  return tell(plan, findings, planning);
}

/** A reviewer must not take a value that was not compared for one that is unchanged. */
function noteWithheld({ entities }: Desired, terminal: Terminal): void {
  const places = [...entities.values()].flatMap(({ key, withheld = [] }) =>
    [...new Set(withheld.map((pointer) => pointerParts(pointer)[0] ?? ""))].map((field) => `${field} of ${key}`),
  );
  const [first] = places;
  if (first === undefined || terminal.isJson) return;
  const more = places.length === 1 ? "" : ` and ${plural(places.length - 1, "more field")}`;
  terminal.alert(
    `note: not compared, because values of \${env:…} and \${file:…} are not read: ${inert(first)}${more} (--with-secrets compares them)\n`,
  );
}

async function tell(plan: Plan, found: readonly Finding[], planning: Planning): Promise<Outcome> {
  const { config, flags, publication, started } = planning;
  const { context, terminal } = publication;
  const { target } = config;
  const outcome: Outcome = flags.detailedExitcode === true && hasChanges(plan) ? { type: "changes" } : { type: "done" };
  const ms = context.now() - started;
  const knownHole = knownHoleOf(plan.server.version);
  const findings = [...found, ...knownHole];
  noteKnownHole(knownHole, terminal);
  // Redacted before it is cut to the width of the screen: half a secret would not be recognised.
  const shown = context.redactor.data(plan, planPlaces);
  terminal.print(renderPlan(shown, { ...terminal.out, isFull: flags.full === true, ms }));
  if (flags.out !== undefined) {
    await savePlan(flags.out, { plan, findings, target, shape: planShape(flags) }, context);
    terminal.note(`${savedText(plan, flags.out)}\n`);
  }
  return publish({ type: "plan", outcome, plan, findings, sources: config.sources, target, ms }, publication);
}

/** What the file is good for. */
function savedText({ blockers, summary }: Plan, file: string): string {
  if (blockers.length > 0) {
    return `saved, but blocked: kuma-sync apply ${file} refuses it; plan again with the flags above to allow what it shows`;
  }
  const { delete: deletes } = summary;
  const without = deletes > 0 ? `, its ${plural(deletes, "delete")} without a further question` : "";
  return `saved: kuma-sync apply ${file} carries out this plan and no other${without}`;
}
