/** Runs all copies of a drill, as many at once as the server takes, and collects what it did. */
import { KumaError } from "../model/errors.ts";
import { shownForSecret } from "../secrets/secret.ts";
import type { DrilledAlarm, DrilledBeat, DrilledMonitor, DrilledVariant } from "../model/drilled-monitor.ts";
import { createLimit } from "./limit.ts";
import type { PlannedDrill, PlannedVariant, SkippedDrill } from "./planned-drill.ts";
import { breakCopy, healCopy, removeCopy, startCopy, type DrillCopy, type DrillStage } from "./run-copy.ts";

export interface DrillProgress {
  readonly done: number;
  readonly total: number;
  /** What is next, or under way. */
  readonly name: string;
}

interface Task {
  readonly drill: PlannedDrill;
  /** Undefined: the healthy response alone. */
  readonly variant: PlannedVariant | undefined;
}

interface Ran {
  readonly healthy?: DrilledBeat;
  readonly variant?: DrilledVariant;
}

/**
 * One result for each drill, in order. When the stage's signal ends the drill, what was not finished has the status `none`.
 * Throws KumaError when the connection is lost.
 */
export async function runDrill(
  stage: DrillStage,
  drills: readonly (PlannedDrill | SkippedDrill)[],
  onProgress: (progress: DrillProgress) => void,
): Promise<readonly DrilledMonitor[]> {
  const tasks = drills.flatMap((drill) => (drill.skipped === undefined ? tasksOf(drill) : []));
  const ran = new Map<Task, Ran>();
  const limit = createLimit(stage.server.capacity);
  const isClosed = ({ variant }: Task): boolean => variant?.way.type === "closed";
  const finish = (task: Task, result: Ran): void => {
    ran.set(task, result);
    onProgress({ done: ran.size, total: tasks.length, name: nameOf(task) });
  };
  const each = async (list: readonly Task[], work: (task: Task) => Promise<void>): Promise<void> => {
    const settled = await Promise.allSettled(list.map((task) => limit(() => guarded(stage, task, work, finish))));
    // Only now: what is still under way could make a copy that nobody deletes.
    const failed = settled.find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  };
  await each(
    tasks.filter((task) => !isClosed(task)),
    async (task) => {
      const started = await start(stage, task, finish);
      if (started !== undefined) finish(task, await drillOne(stage, started));
    },
  );
  // Nobody may check in the meantime, so that these come last, together.
  const waiting = new Map<Task, Started>();
  const isLeft = (task: Task): boolean => !ran.has(task);
  const closed = tasks.filter(isClosed);
  await each(closed, async (task) => {
    const started = await start(stage, task, finish);
    if (started !== undefined) waiting.set(task, started);
  });
  if (waiting.size > 0 && !stage.signal.aborted) {
    const broken = new Map<Task, Broken>();
    await stage.listener.close();
    try {
      await each(closed.filter(isLeft), async (task) => {
        const { copy } = waiting.get(task) as Started;
        broken.set(task, await breakCopy(stage, copy, task.variant as PlannedVariant));
      });
    } finally {
      await stage.listener.open();
    }
    await each(closed.filter(isLeft), async (task) => {
      finish(task, await healed(stage, waiting.get(task) as Started, broken.get(task) as Broken));
    });
  }
  return drills.map((drill) => toMonitor(drill, tasks, ran));
}

function tasksOf(drill: PlannedDrill): readonly Task[] {
  return drill.variants.length === 0
    ? [{ drill, variant: undefined }]
    : drill.variants.map((variant) => ({ drill, variant }));
}

function nameOf({ drill, variant }: Task): string {
  return variant === undefined ? drill.name : `${drill.name}: ${variant.name}`;
}

/** A write that the server refuses is the end of one copy; without a connection, or after a signal, nothing goes on. */
async function guarded(
  { signal }: DrillStage,
  task: Task,
  work: (task: Task) => Promise<void>,
  finish: (task: Task, result: Ran) => void,
): Promise<void> {
  if (signal.aborted) return;
  try {
    await work(task);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof KumaError) || error.code === "disconnected") throw error;
    finish(task, unfinished(task, error.message));
  }
}

interface Started {
  readonly copy: DrillCopy;
  readonly healthy: DrilledBeat;
}

type Broken = Awaited<ReturnType<typeof breakCopy>>;

/** Undefined when there is nothing more to do: the task is finished then. */
async function start(
  stage: DrillStage,
  task: Task,
  finish: (task: Task, result: Ran) => void,
): Promise<Started | undefined> {
  const { copy, beat } = await startCopy(stage, task.drill, task.variant);
  if (task.variant !== undefined && beat.status === "up") return { copy, healthy: beat };
  await removeCopy(stage, copy);
  finish(task, { healthy: beat });
  return undefined;
}

async function drillOne(stage: DrillStage, started: Started): Promise<Ran> {
  const { copy } = started;
  return healed(stage, started, await breakCopy(stage, copy, copy.variant as PlannedVariant));
}

async function healed(stage: DrillStage, { copy, healthy }: Started, broken: Broken): Promise<Ran> {
  const recovered = broken.status === "down" ? await healCopy(stage, copy) : undefined;
  await removeCopy(stage, copy);
  const { name, group, expect } = copy.variant as PlannedVariant;
  return { healthy, variant: { name, group, expect, ...broken, ...(recovered === undefined ? {} : { recovered }) } };
}

function unfinished({ variant }: Task, message: string): Ran {
  const beat: DrilledBeat = { status: "none", message, ms: 0 };
  if (variant === undefined) return { healthy: beat };
  const { name, group, expect } = variant;
  return { variant: { name, group, expect, ...beat } };
}

function toMonitor(
  drill: PlannedDrill | SkippedDrill,
  tasks: readonly Task[],
  ran: ReadonlyMap<Task, Ran>,
): DrilledMonitor {
  const { key, name, monitorType, told } = drill;
  const base = { key, name, monitorType, told };
  if (drill.skipped !== undefined) return { ...base, skipped: drill.skipped, variants: [], total: 0, notes: [] };
  const own = tasks.filter((task) => task.drill === drill);
  const results = own.map((task) => ran.get(task) ?? unfinished(task, "the drill ended before it was done"));
  const beats = results.flatMap(({ healthy }) => healthy ?? []);
  // All copies got the same; the one that differs is worth knowing.
  const healthy = beats.find(({ status }) => status !== "up") ?? beats[0];
  const variants = results.flatMap(({ variant }) => variant ?? []);
  const shown = drill.isSecret
    ? { healthy: healthy && hidden(healthy), variants: variants.map(hiddenVariant) }
    : { healthy, variants };
  return {
    ...base,
    ...(shown.healthy === undefined ? {} : { healthy: { ...shown.healthy, expect: drill.expect } }),
    variants: shown.variants,
    total: drill.total,
    notes: drill.notes,
  };
}

function hidden<Beat extends DrilledBeat & { readonly alarm?: DrilledAlarm }>(beat: Beat): Beat {
  const { alarm } = beat;
  return {
    ...beat,
    message: shownForSecret,
    ...(alarm === undefined ? {} : { alarm: { ...alarm, text: shownForSecret } }),
  };
}

/** The names of faults are made of the members of the sample. */
function hiddenVariant(variant: DrilledVariant, index: number): DrilledVariant {
  const { group, recovered } = variant;
  const isMadeOfSample = group === "fault" || group === "harmless";
  return {
    ...hidden(variant),
    ...(isMadeOfSample ? { name: `${group} ${index + 1}` } : {}),
    ...(recovered === undefined ? {} : { recovered: hidden(recovered) }),
  };
}
