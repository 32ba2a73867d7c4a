/** Carries out one step of a plan. Never throws: a failure is part of the outcome. */
import type { Kind, KindRegistry, Restored, WriteContext } from "../kinds/kind.ts";
import {
  localKey,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type KumaId,
  type ObservedEntity,
} from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { InternalError, KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { isFieldPath, type Step } from "../model/plan.ts";
import type { StepError, StepOutcome } from "../model/progress.ts";
import { withRecovery } from "../model/with-recovery.ts";
import type { Binding } from "../plan/bind/bind.ts";
import { canonicalObserved, type Canonical } from "../plan/canonical/canonical-form.ts";
import type { KnownIds } from "./known-ids.ts";
import { goneError, markerFor, settleCreate, settleDelete, settleUpdate, type Recovery } from "./recover.ts";

export interface StepRunnerInput {
  readonly desired: Pick<Desired, "project">;
  readonly binding: Binding;
  readonly client: KumaClient;
  readonly kinds: KindRegistry;
  readonly ids: KnownIds;
  readonly markerTagId: number;
  /** Reads everything on the server. */
  readonly observe: () => Promise<Observed>;
  readonly now: () => number;
  /** Whether a monitor is created paused, and resumed at the end. */
  readonly startsPaused?: (key: EntityKey) => boolean;
}

/** What all steps share: the two sides of the plan, and access to them. The functions throw if something is missing. */
interface StepContext {
  readonly context: WriteContext;
  readonly ids: KnownIds;
  readonly kindOf: (step: Step) => Kind;
  /** As declared. */
  readonly declared: (step: Step) => Canonical<DesiredEntity>;
  /** As the object should become. */
  readonly wanted: (step: Step) => Canonical<DesiredEntity>;
  readonly startsPaused: (key: EntityKey) => boolean;
  readonly found: (step: Step & { readonly id: KumaId }) => Canonical<ObservedEntity>;
  /** Looking for leftovers reads the whole server, so it is done only for the first refused creates of a run. */
  readonly mayLookForLeftovers: () => boolean;
  /** Whether the object was created after the plan was made. */
  readonly isNew: (object: ObservedEntity) => boolean;
  readonly reread: (kind: Kind) => Promise<readonly Canonical<ObservedEntity>[]>;
}

export function createStepRunner(input: StepRunnerInput): (step: Step) => Promise<StepOutcome> {
  const { now } = input;
  const steps = stepContext(input);
  return async (step) => {
    const started = now();
    const { key, action } = step;
    try {
      const id = await run(step, steps);
      return { key, action, result: "done", id, ms: Math.round(now() - started) };
    } catch (error) {
      return { key, action, result: "failed", error: stepError(error) };
    }
  };
}

const mostLeftoverLooks = 5;

function stepContext({
  desired,
  binding,
  client,
  kinds,
  ids,
  markerTagId,
  observe,
  startsPaused,
}: StepRunnerInput): StepContext {
  const { index, declared, pairs, canonical } = binding;
  let leftoverLooks = 0;
  return {
    context: { client, project: desired.project, idOf: ids.idOf, markerTagId },
    ids,
    kindOf: (step) => {
      const kind = kinds.get(step.kind);
      if (kind === undefined) throw new InternalError(`no kind ${step.kind}`);
      return kind;
    },
    declared: ({ key }) => declared.get(key) ?? notDeclared(key),
    wanted: ({ key }) => pairs.get(key)?.wanted ?? notDeclared(key),
    found: ({ key, kind, id }) => {
      const object = index.find(kind, id);
      if (object === undefined) throw goneError(key);
      return canonical(object);
    },
    startsPaused: startsPaused ?? (() => false),
    mayLookForLeftovers: () => leftoverLooks++ < mostLeftoverLooks,
    isNew: ({ kind, id }) => index.find(kind, id) === undefined,
    reread: async (kind) => {
      const { entities } = await observe().catch(explainSilence);
      return entities
        .filter((entity) => entity.kind === kind.name)
        .map((entity) => canonicalObserved(entity, index.label));
    },
  };
}

function notDeclared(key: EntityKey): never {
  throw new InternalError(`${key} is in the plan and not in the configuration`);
}

async function run(step: Step, steps: StepContext): Promise<KumaId> {
  const { context } = steps;
  const kind = steps.kindOf(step);
  const recovery: Recovery = { kind, context, reread: () => steps.reread(kind) };
  switch (step.action) {
    case "create":
      return create(step, recovery, steps);
    case "update":
    case "adopt":
    case "move":
    case "take-over":
      return bringInLine(step, recovery, steps);
    case "delete":
      return withRecovery(
        async () => {
          await kind.remove(context, steps.found(step));
          return step.id;
        },
        () => settleDelete(recovery, step.id),
      );
    case "retire":
    case "release":
      return withRecovery(
        () => letGo(step, { kind, context, object: steps.found(step) }),
        async () => {
          const left = (await recovery.reread()).find(({ id }) => id === step.id);
          return left === undefined ? step.id : letGo(step, { kind, context, object: left });
        },
      );
    default:
      return step satisfies never;
  }
}

async function create(step: Step, recovery: Recovery, steps: StepContext): Promise<KumaId> {
  const { declared, isNew, ids, startsPaused } = steps;
  const whole = declared(step);
  const entity = startsPaused(step.key) ? { ...whole, spec: { ...whole.spec, active: false } } : whole;
  const id = await withRecovery(
    () => recovery.kind.create(recovery.context, entity),
    (lost) => settleCreate(recovery, entity, { isNew, lost }),
  ).catch((error: unknown) => nameLeftover(error, entity, recovery, steps));
  ids.set(step.key, id);
  return id;
}

/**
 * `add` stores the monitor before it links notifications, so a monitor whose links are refused exists and notifies
 * nobody (docs/upstream/uptime-kuma.md#adding-a-monitor). The next apply finishes it by its intent. Throws `error` with
 * a hint about it.
 */
async function nameLeftover(
  error: unknown,
  { name }: DesiredEntity,
  { kind, reread }: Recovery,
  { isNew, mayLookForLeftovers }: StepContext,
): Promise<never> {
  const isRefused = error instanceof KumaError && error.code === "rejected";
  if (!isRefused || kind.name !== "monitor" || !mayLookForLeftovers()) throw error;
  const objects = await reread().catch(() => []);
  const left = objects.find((found) => isNew(found) && found.owner === undefined && found.name === name);
  if (left === undefined) throw error;
  const said = `the server stored a part of it (id ${left.id}) that notifies nobody; the next apply finishes it`;
  const hint = error.hint === undefined ? said : `${said}; ${error.hint}`;
  throw new KumaError(error.code, error.message, { hint, cause: error });
}

type BringingInLine = Extract<Step, { readonly action: "update" | "adopt" | "move" | "take-over" }>;

function bringInLine(
  step: BringingInLine,
  recovery: Recovery,
  { declared, wanted, found }: StepContext,
): Promise<KumaId> {
  const { kind, context } = recovery;
  const write = async (): Promise<KumaId> => {
    const object = found(step);
    const entity = wanted(step);
    const owner = markerFor(entity, object, context);
    const changes = step.changes.filter(({ path }) => isFieldPath(path));
    const parks = step.parks === undefined ? {} : { parks: step.parks };
    // Changes that only the ledger stores are written after the last step.
    if (changes.length > 0 || owner !== undefined)
      await kind.update(context, { entity, observed: object, changes, owner, ...parks });
    return step.id;
  };
  return withRecovery(
    () => write().catch((error: unknown) => explainGone(error, step, recovery)),
    () => settleUpdate(recovery, declared(step), step.id),
  ).catch((error: unknown) => restoreAfter(error, found(step), recovery));
}

/** Restores what a failed write removed from the object, or names it. Throws `error` with the result. */
async function restoreAfter(error: unknown, object: ObservedEntity, { kind, context }: Recovery): Promise<never> {
  if (!(error instanceof KumaError) || error.code === "disconnected" || kind.restore === undefined) throw error;
  const said = await kind.restore(context, object).then(restoredText, () => unknownText);
  if (said === undefined) throw error;
  const hint = error.hint === undefined ? said : `${said}; ${error.hint}`;
  throw new KumaError(error.code, error.message, { hint, cause: error });
}

const unknownText = "the monitor may have lost its notifications: look at it on the server, and apply again";

function restoredText({ back, missing }: Restored): string | undefined {
  const parts = [
    ...(missing.length === 0 ? [] : [`it lost these notifications and does not have them now: ${missing.join(", ")}`]),
    ...(back.length === 0 ? [] : [`it lost these notifications and has them again: ${back.join(", ")}`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/**
 * Retires or releases an object that is no longer declared. Kinds without a marker are released by the ledger alone.
 * Repeating either changes nothing.
 */
async function letGo(
  step: Extract<Step, { action: "retire" | "release" }>,
  { kind, context, object }: Pick<Recovery, "kind" | "context"> & { readonly object: ObservedEntity },
): Promise<KumaId> {
  const owner = { ...object.owner, project: context.project, key: localKey(step.key), isRetired: true } as const;
  if (step.action === "release") await kind.removeMarker?.(context, object);
  else await kind.retire?.(context, object, owner);
  return step.id;
}

/** A server that answers neither a write nor a read counts as lost, because every further write would wait as long. */
function explainSilence(error: unknown): never {
  if (!(error instanceof KumaError) || error.code !== "stalled") throw error;
  throw new KumaError("disconnected", "the server no longer answers", { hint: error.hint ?? "", cause: error });
}

/** For an object that no longer exists, the server says "Cannot read properties of null"; replaces that message. */
async function explainGone(error: unknown, step: Step & { readonly id: KumaId }, { reread }: Recovery): Promise<never> {
  if (error instanceof KumaError && error.code === "rejected") {
    const now = await reread();
    if (!now.some(({ id }) => id === step.id)) throw goneError(step.key, error);
  }
  throw error;
}

function stepError(error: unknown): StepError {
  if (error instanceof KumaError) {
    return {
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      isMaybeApplied: error.isMaybeApplied,
      isConnectionLost: error.code === "disconnected",
    };
  }
  // A bug in one step must not lose the report of the others.
  return {
    message: error instanceof Error ? error.message : String(error),
    isMaybeApplied: false,
    isConnectionLost: false,
  };
}
