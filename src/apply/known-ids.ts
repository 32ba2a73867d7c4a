/** What the server calls each entity, as far as is known; grows while creates succeed. */
import type { IdOf } from "../kinds/field.ts";
import type { Desired, EntityKey, KumaId } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { InternalError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { bind } from "../plan/bind/bind.ts";
import type { PlanOptions } from "../plan/make-plan.ts";
import type { Label } from "../plan/canonical/references.ts";

export interface KnownIds {
  set(key: EntityKey, id: KumaId): void;
  /** All that are known, by key. */
  readonly all: ReadonlyMap<EntityKey, KumaId>;
  readonly idOf: IdOf;
  /** The canonical form of references by what is known now. */
  readonly label: Label;
}

export function createKnownIds({
  plan,
  desired,
  observed,
  options,
}: {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly options: Pick<PlanOptions, "histories">;
}): KnownIds {
  const { histories } = options;
  const { index } = bind(desired, observed, { adopt: false, ...(histories === undefined ? {} : { histories }) });
  // What this plan adopts and takes over, by options that are not known here.
  for (const step of plan.steps) if (step.action !== "create") index.set(step.key, step.id);
  return {
    set: index.set,
    all: index.ids,
    label: index.label,
    idOf: (kind, reference) => {
      const id = index.idOf(kind, reference);
      if (id === undefined) {
        throw new InternalError(`${kind} ${JSON.stringify(reference)} is referred to before it exists`);
      }
      return id;
    },
  };
}
