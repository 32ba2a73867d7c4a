/** Small worlds for planner tests: what is declared, what a server holds, and a plan as text. */
import {
  entityKey,
  usualLifecycle,
  usualPolicy,
  type Desired,
  type DesiredEntity,
  type EntityRef,
  type KindName,
  type ObservedEntity,
  type Owner,
  type Reference,
} from "../../src/model/entity.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { ServerInfo } from "../../src/model/kuma-client.ts";
import type { Plan } from "../../src/model/plan.ts";
import { makePlan, type PlanOptions } from "../../src/plan/make-plan.ts";

export const project = "shop";

const server: ServerInfo = {
  url: "http://127.0.0.1:3001",
  version: "2.5.3",
  isTested: true,
  capabilities: {
    release: [2, 5, 3],
    hasConditions: true,
    hasDeltas: true,
    writeWindow: 20,
    minInterval: 1,
    maxInterval: undefined,
    minRetryInterval: 1,
  },
};

/** `parent`, `notifications` and `tags` in a spec are references, as in real kinds. */
function referencesOf(spec: JsonObject): EntityRef[] {
  const refs: EntityRef[] = [];
  if (spec["parent"] !== undefined && spec["parent"] !== null) {
    refs.push({ at: "/parent", kind: "monitor", to: spec["parent"] as Reference });
  }
  ((spec["notifications"] ?? []) as Reference[]).forEach((to, index) =>
    refs.push({ at: `/notifications/${index}`, kind: "notification", to }),
  );
  ((spec["tags"] ?? []) as { tag: Reference }[]).forEach(({ tag }, index) =>
    refs.push({ at: `/tags/${index}/tag`, kind: "tag", to: tag }),
  );
  return refs;
}

interface Declared {
  readonly kind?: KindName;
  readonly sensitive?: readonly string[];
  readonly defaulted?: readonly string[];
}

export function declare(
  key: string,
  spec: JsonObject,
  { kind = "monitor", sensitive = [], defaulted = [] }: Declared = {},
): DesiredEntity {
  const full = { name: key, ...spec };
  return {
    key: entityKey(kind, key),
    kind,
    name: full.name,
    spec: full,
    references: referencesOf(full),
    defaulted,
    sensitive,
    lifecycle: usualLifecycle,
  };
}

export function desiredOf(...entities: readonly DesiredEntity[]): Desired {
  return {
    project,
    entities: new Map(entities.map((entity) => [entity.key, entity])),
    moves: [],
    policy: usualPolicy,
  };
}

interface OnServer {
  readonly kind?: KindName;
  /** `shop/api`; undefined for an object without a marker. */
  readonly marker?: string;
  readonly sensitive?: readonly string[];
}

export function onServer(
  id: number,
  spec: JsonObject,
  { kind = "monitor", marker, sensitive = [] }: OnServer = {},
): ObservedEntity {
  return {
    kind,
    id,
    name: spec["name"] as string,
    spec,
    references: referencesOf(spec),
    sensitive,
    owner: marker === undefined ? undefined : ownerOf(marker),
    row: { id, ...spec },
  };
}

function ownerOf(marker: string): Owner {
  const [owner = "", key = ""] = marker.split("/");
  return { project: owner, key };
}

export function observedOf(...entities: readonly ObservedEntity[]): Observed {
  return { server, entities, ledger: { state: "absent" } };
}

export function planOf(desired: Desired, observed: Observed, options: Partial<PlanOptions> = {}): Plan {
  return makePlan({ desired, observed, options: { allowDeletes: 0, allowEmpty: false, adopt: false, ...options } });
}

/** One line a step and one a blocker: `update monitor/api /interval 60 -> 30`. */
export function planText(plan: Plan): string {
  const steps = plan.steps.map((step) => {
    const changes = "changes" in step ? step.changes : [];
    const fields = changes.map((change) =>
      change.sensitive
        ? `${change.path} (sensitive)`
        : `${change.path} ${show(change.before)} -> ${show(change.after)}`,
    );
    return [`${step.action} ${step.key}`, ...fields].join("\n    ");
  });
  return [...steps, ...plan.blockers.map((blocker) => `${blocker.code}: ${blocker.message}`)].join("\n");
}

function show(value: Json | undefined): string {
  return value === undefined ? "·" : JSON.stringify(value);
}
