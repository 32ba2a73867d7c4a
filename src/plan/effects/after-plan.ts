/** The objects on the server as they will be after a plan, as far as other objects depend on it. */
import { idText, type ObservedEntity } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Step } from "../../model/plan.ts";
import type { Binding, Pair } from "../bind/bind.ts";

export interface AfterPlan {
  /** The step that changes or removes the object; undefined if it stays as it is. */
  readonly stepOn: (object: Pick<ObservedEntity, "kind" | "id">) => Step | undefined;
  readonly isDeleted: (object: Pick<ObservedEntity, "kind" | "id">) => boolean;
  /** In canonical form. Undefined for an object that is removed, and for one of an unknown type that stays. */
  readonly specOf: (object: ObservedEntity) => JsonObject | undefined;
  /** Their references after the plan; none for an object that is removed. */
  readonly referencesOf: (object: ObservedEntity) => ObservedEntity["references"];
  /** The declared entity that is matched with the object. */
  readonly pairOf: (object: Pick<ObservedEntity, "kind" | "id">) => Pair | undefined;
}

export function afterPlan({ pairs, canonical }: Binding, steps: readonly Step[]): AfterPlan {
  const byObject = new Map<string, Step>();
  for (const step of steps) if (step.action !== "create") byObject.set(idText(step.kind, step.id), step);
  const paired = new Map<string, Pair>();
  for (const pair of pairs.values()) paired.set(idText(pair.observed.kind, pair.observed.id), pair);
  const stepOn: AfterPlan["stepOn"] = ({ kind, id }) => byObject.get(idText(kind, id));
  const pairOf: AfterPlan["pairOf"] = ({ kind, id }) => paired.get(idText(kind, id));
  const isDeleted: AfterPlan["isDeleted"] = (object) => stepOn(object)?.action === "delete";
  const changed = (object: ObservedEntity): Pair["wanted"] | undefined => {
    const step = stepOn(object);
    return step !== undefined && "changes" in step ? pairOf(object)?.wanted : undefined;
  };
  return {
    stepOn,
    isDeleted,
    pairOf,
    specOf: (object) => {
      if (isDeleted(object)) return undefined;
      return changed(object)?.spec ?? canonical(object).spec;
    },
    referencesOf: (object) => {
      if (isDeleted(object)) return [];
      const after = changed(object);
      if (after === undefined) return object.references;
      // Ignored places keep the server's values.
      const { ignoreChanges } = after.lifecycle;
      const kept = object.references.filter(({ at }) => ignoreChanges.some((place) => isBelow(at, place)));
      return [...after.references, ...kept];
    },
  };
}

function isBelow(at: string, place: string): boolean {
  return at === place || at.startsWith(`${place}/`);
}
