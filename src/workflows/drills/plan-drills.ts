/** Which monitors of a configuration are drilled, and with what. */
import type { Config, DeclaredEntity } from "../../config/config.ts";
import { toDesired } from "../../config/desired.ts";
import { createRelations } from "../../config/rules/relations.ts";
import { planDrill } from "../../drill/plan-drill.ts";
import type { PlannedDrill, SkippedDrill } from "../../drill/planned-drill.ts";
import { localKey, type DesiredEntity, type EntityKey } from "../../model/entity.ts";
import { UsageError } from "../../model/errors.ts";
import { guessHint } from "../../model/guess.ts";
import type { ServerInfo } from "../../model/kuma-client.ts";
import { isSelectedBy } from "../../model/pattern.ts";
import { openLab } from "../../query/lab.ts";
import type { Run } from "../../run/run.ts";
import { untilAborted } from "../../run/until-aborted.ts";
import { builtInAnswers } from "../monitor-tests/service-answers.ts";

export interface DrillChoice {
  /** Keys and patterns, with or without the kind; empty: every monitor. */
  readonly keys: readonly string[];
  /** Every variant of each monitor. */
  readonly isAll: boolean;
}

/** Copies of one monitor, and of all of them together, unless every variant is wanted. */
const mostOfOne = 10;
const mostOfAll = 120;
const leastOfOne = 3;

/** The monitors that `keys` name, in the order of the files. Throws UsageError for a key that names none. */
export function chosenMonitors({ entities }: Config, keys: readonly string[]): readonly DeclaredEntity[] {
  const monitors = entities.filter(({ kind }) => kind === "monitor");
  const known = monitors.map(({ key }) => localKey(key));
  for (const wanted of keys) {
    if (monitors.some(({ key }) => isSelectedBy([wanted], { key }))) continue;
    const list = known.length === 0 ? "the configuration declares none" : `declared are ${known.join(", ")}`;
    throw new UsageError(`no monitor has the key "${wanted}"`, guessHint(wanted, known).hint ?? list);
  }
  return monitors.filter(({ key }) => keys.length === 0 || isSelectedBy(keys, { key }));
}

/** For the server that the copies are put on, whose release may lack something. */
export async function planDrills(
  { context, terminal }: Run,
  { config, server, choice }: { readonly config: Config; readonly server: ServerInfo; readonly choice: DrillChoice },
): Promise<readonly (PlannedDrill | SkippedDrill)[]> {
  const chosen = chosenMonitors(config, choice.keys);
  const { desired, findings } = toDesired(config, server);
  const refusals = new Map(
    findings.flatMap(({ severity, entity, message }): readonly (readonly [EntityKey, string])[] =>
      severity === "error" && entity !== undefined ? [[entity, message]] : [],
    ),
  );
  const builtIn = await builtInAnswers(config);
  const relations = createRelations(config.entities);
  const most = choice.isAll
    ? undefined
    : Math.max(leastOfOne, Math.min(mostOfOne, Math.floor(mostOfAll / chosen.length)));
  const lab = openLab();
  const planAll = async (): Promise<readonly (PlannedDrill | SkippedDrill)[]> => {
    const drills: (PlannedDrill | SkippedDrill)[] = [];
    for (const entity of chosen) {
      terminal.status(`preparing ${entity.key}`);
      const { spec } = desired.entities.get(entity.key) as DesiredEntity;
      const refused = refusals.get(entity.key);
      const written = entity.tests?.sample;
      const answers = {
        sample: written,
        ...builtIn.get(entity.key),
        ...(written === undefined ? {} : { sample: written }),
      };
      const input = { entity, spec, lab, clock: Date.now(), server: server.version, relations, most, ...answers };
      drills.push(await planDrill({ ...input, refused }));
    }
    return drills;
  };
  try {
    return await untilAborted(planAll(), context.signal);
  } finally {
    lab.close();
  }
}

/** Whether the listener has to be a name server too. */
export function asksForNames(drills: readonly (PlannedDrill | SkippedDrill)[]): boolean {
  return drills.some(({ skipped, monitorType }) => skipped === undefined && monitorType === "dns");
}
