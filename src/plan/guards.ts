/** What stops a plan before its first write, each with the ways on. Nothing here filters steps. */
import {
  isEntityKey,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type KumaId,
  type ObservedEntity,
} from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Blocker, Step } from "../model/plan.ts";
import { referencedId } from "./references.ts";

export interface GuardOptions {
  /** How many deletes are consented to. */
  readonly allowDeletes: number;
  readonly allowEmpty: boolean;
  /** Consents to unusually many changes at once. */
  readonly allowBulk?: boolean;
}

export function findBlockers(
  {
    desired,
    observed,
    steps,
  }: { readonly desired: Desired; readonly observed: Observed; readonly steps: readonly Step[] },
  options: GuardOptions,
): Blocker[] {
  return [
    ...checkNames(desired, observed),
    ...checkEmpty(desired, steps, options),
    ...checkDeletes(steps, options),
    ...checkGroups(observed, steps),
  ];
}

/** References by name are checked before the first write: a bad id fails an `add` half-way and leaves an orphan. */
function checkNames(desired: Desired, observed: Observed): Blocker[] {
  return [...desired.entities.values()].flatMap((entity) =>
    entity.references.flatMap(({ kind, to }): Blocker[] => {
      if (isEntityKey(to) || !("name" in to)) return [];
      const found = observed.entities.filter((other) => other.kind === kind && other.name === to.name);
      if (found.length === 1) return [];
      return [found.length === 0 ? notFound(entity, kind, to.name) : ambiguous(entity, kind, found)];
    }),
  );
}

function notFound(entity: DesiredEntity, kind: string, name: string): Blocker {
  return {
    code: "KS4005",
    message: `${entity.key} refers to a ${kind} named "${name}", and the server has none`,
    keys: [entity.key],
    waysOn: [`make the ${kind} on the server`, `declare it here and refer to it by its key`],
  };
}

function ambiguous(entity: DesiredEntity, kind: string, found: readonly ObservedEntity[]): Blocker {
  const ids = found.map(({ id }) => id).join(", ");
  return {
    code: "KS4006",
    message: `${entity.key} refers to a ${kind} named "${found[0]?.name}", and the server has ${found.length} (ids ${ids})`,
    keys: [entity.key],
    waysOn: [`give all but one another name on the server`, `declare it here and refer to it by its key`],
  };
}

function checkEmpty(desired: Desired, steps: readonly Step[], { allowEmpty }: GuardOptions): Blocker[] {
  const deletes = steps.filter((step) => step.action === "delete");
  if (allowEmpty || desired.entities.size > 0 || deletes.length === 0) return [];
  return [
    {
      code: "KS4004",
      message: `nothing is declared for project ${desired.project}, so everything it manages would be deleted (${deletes.length})`,
      keys: deletes.map((step) => step.key),
      waysOn: ["check that -f names the right files", "--allow-empty if this is meant"],
    },
  ];
}

function checkDeletes(steps: readonly Step[], { allowDeletes }: GuardOptions): Blocker[] {
  const deletes = steps.filter((step) => step.action === "delete");
  if (deletes.length <= allowDeletes) return [];
  return [
    {
      code: "KS4001",
      message: `${deletes.length} ${deletes.length === 1 ? "object" : "objects"} would be deleted; the history of a deleted monitor is lost for ever`,
      keys: deletes.map((step) => step.key),
      waysOn: [`--allow-deletes ${deletes.length} deletes them`, "put them back into the configuration to keep them"],
    },
  ];
}

/**
 * The server unlinks the children of a deleted group without a word (uptime-kuma-api.md §3.9). Children that this plan
 * moves or deletes are gone by then; any other would be left at the top level.
 */
function checkGroups(observed: Observed, steps: readonly Step[]): Blocker[] {
  const leaving = new Map<KumaId, EntityKey>();
  const deleted = new Set<KumaId>();
  for (const step of steps) {
    if (step.kind !== "monitor" || step.action === "create") continue;
    if (step.action === "delete") {
      leaving.set(step.id, step.key);
      deleted.add(step.id);
    } else if ("changes" in step && step.changes.some((change) => change.path === "/parent"))
      leaving.set(step.id, step.key);
  }
  return steps.flatMap((step): Blocker[] => {
    if (step.action !== "delete" || step.kind !== "monitor") return [];
    const children = observed.entities.filter(
      (entity) => entity.kind === "monitor" && !leaving.has(entity.id) && parentId(entity) === step.id,
    );
    if (children.length === 0) return [];
    const names = children.map((child) => `"${child.name}" (id ${child.id})`).join(", ");
    return [
      {
        code: "KS4008",
        message: `${step.key} is a group with children that this project does not delete or move: ${names}`,
        keys: [step.key],
        waysOn: ["move the children out of the group on the server", `keep ${step.key} in the configuration`],
      },
    ];
  });
}

/** Also for monitors of types we do not know: their parent is still a plain number in the row. */
function parentId(entity: ObservedEntity): KumaId | undefined {
  const reference = entity.references.find(({ at }) => at === "/parent")?.to;
  if (reference !== undefined) return referencedId(reference);
  const parent = entity.row["parent"];
  return typeof parent === "number" ? parent : undefined;
}
