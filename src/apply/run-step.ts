/** One step of a plan, to its outcome. Never throws: what went wrong is part of the outcome. */
import type { Kind, KindRegistry, WriteContext } from "../kinds/kind.ts";
import { localKey, type Desired, type DesiredEntity, type KumaId, type ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { InternalError, KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Step } from "../model/plan.ts";
import type { StepError, StepOutcome } from "../model/progress.ts";
import { effectiveEntity } from "../plan/effective-entity.ts";
import { normaliseDesired, normaliseObserved } from "../plan/normal-form.ts";
import type { KnownIds } from "./known-ids.ts";
import {
  goneError,
  markerFor,
  settleCreate,
  settleDelete,
  settleUpdate,
  withRecovery,
  type Recovery,
} from "./recover.ts";

export interface StepRunnerInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly client: KumaClient;
  readonly kinds: KindRegistry;
  readonly ids: KnownIds;
  readonly markerTagId: number;
  /** Everything on the server as it is now. */
  readonly observe: () => Promise<Observed>;
  readonly now: () => number;
}

export function createStepRunner(input: StepRunnerInput): (step: Step) => Promise<StepOutcome> {
  const { desired, observed, client, kinds, ids, now } = input;
  const context: WriteContext = { client, project: desired.project, idOf: ids.idOf, markerTagId: input.markerTagId };
  const objects = new Map(observed.entities.map((entity) => [`${entity.kind}#${entity.id}`, entity]));

  const run = async (step: Step): Promise<KumaId> => {
    const kind = kinds.get(step.kind);
    if (kind === undefined) throw new InternalError(`no kind ${step.kind}`);
    const recovery: Recovery = { kind, context, reread: () => rereadKind(kind) };
    switch (step.action) {
      case "create": {
        const entity = wanted(step);
        const isNew = (object: ObservedEntity): boolean => !objects.has(`${object.kind}#${object.id}`);
        const id = await withRecovery(
          () => kind.create(context, entity),
          (lost) => settleCreate(recovery, entity, { isNew, lost }),
        );
        ids.set(step.key, id);
        return id;
      }
      case "update":
      case "adopt":
      case "move":
      case "take-over": {
        const write = async (): Promise<KumaId> => {
          const object = found(step);
          const entity = effectiveEntity(wanted(step), object);
          const owner = markerFor(entity, object, context);
          await kind.update(context, { entity, observed: object, changes: step.changes, owner });
          return step.id;
        };
        return withRecovery(
          () => write().catch((error: unknown) => explainGone(error, step, recovery)),
          () => settleUpdate(recovery, wanted(step), step.id),
        );
      }
      case "delete":
        return withRecovery(
          async () => {
            await kind.remove(context, found(step));
            return step.id;
          },
          () => settleDelete(recovery, step.id),
        );
      case "retire":
      case "release":
        return withRecovery(
          () => letGo(step, { kind, context, object: found(step) }),
          async () => {
            const left = (await recovery.reread()).find(({ id }) => id === step.id);
            return left === undefined ? step.id : letGo(step, { kind, context, object: left });
          },
        );
      default:
        return step satisfies never;
    }
  };

  const wanted = (step: Step): DesiredEntity => {
    const entity = desired.entities.get(step.key);
    if (entity === undefined) throw new InternalError(`${step.key} is in the plan and not in the configuration`);
    return normaliseDesired(entity, ids.label);
  };
  const found = (step: Step & { readonly id: KumaId }): ObservedEntity => {
    const entity = objects.get(`${step.kind}#${step.id}`);
    if (entity === undefined) throw goneError(step.key);
    return normaliseObserved(entity, ids.label);
  };
  const rereadKind = async (kind: Kind): Promise<readonly ObservedEntity[]> => {
    const { entities } = await input.observe().catch(explainSilence);
    return entities.filter((entity) => entity.kind === kind.name).map((entity) => normaliseObserved(entity, ids.label));
  };

  return async (step) => {
    const started = now();
    const { key, action } = step;
    try {
      const id = await run(step);
      return { key, action, result: "done", id, ms: Math.round(now() - started) };
    } catch (error) {
      return { key, action, result: "failed", error: stepError(error) };
    }
  };
}

/**
 * No longer declared, and not deleted. Kinds without a marker are let go of by the ledger alone. Both may be done twice:
 * the second time changes nothing.
 */
async function letGo(
  step: Extract<Step, { action: "retire" | "release" }>,
  { kind, context, object }: Pick<Recovery, "kind" | "context"> & { readonly object: ObservedEntity },
): Promise<KumaId> {
  const owner = { ...object.owner, project: context.project, key: localKey(step.key), isRetired: true } as const;
  if (step.action === "release") await kind.unmark?.(context, object);
  else await kind.retire?.(context, object, owner);
  return step.id;
}

/** A server that answers neither a write nor a read is as good as gone: each further write would wait as long. */
function explainSilence(error: unknown): never {
  if (!(error instanceof KumaError) || error.code !== "stalled") throw error;
  throw new KumaError("disconnected", "the server no longer answers", { hint: error.hint ?? "", cause: error });
}

/** The server says "Cannot read properties of null" for an object that is gone; say it in words. */
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
  // A bug of ours in one step must not take the report of the others with it.
  return {
    message: error instanceof Error ? error.message : String(error),
    isMaybeApplied: false,
    isConnectionLost: false,
  };
}
