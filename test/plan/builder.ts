/** Builders for planner tests: what is declared, what a server holds, and a plan as text. */
import {
  entityKey,
  usualLifecycle,
  usualPolicy,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type EntityRef,
  type KindName,
  type Lifecycle,
  type Move,
  type ObservedEntity,
  type Owner,
  type Policy,
  type Reference,
} from "../../src/model/entity.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { emptyLedger, type Ledger } from "../../src/model/ledger.ts";
import type { ServerInfo } from "../../src/model/kuma-client.ts";
import type { Plan } from "../../src/model/plan.ts";
import { describePlan } from "../../src/output/words/describe-plan.ts";
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

/** `parent`, `dockerHost`, `notifications` and `tags` in a spec are references, as in real kinds. */
export function referencesOf(spec: JsonObject): EntityRef[] {
  const refs: EntityRef[] = [];
  if (spec["parent"] !== undefined && spec["parent"] !== null) {
    refs.push({ at: "/parent", kind: "monitor", to: spec["parent"] as Reference });
  }
  if (spec["dockerHost"] !== undefined && spec["dockerHost"] !== null) {
    refs.push({ at: "/dockerHost", kind: "docker-host", to: spec["dockerHost"] as Reference });
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
  readonly lifecycle?: Partial<Lifecycle>;
}

export function declare(
  key: string,
  spec: JsonObject,
  { kind = "monitor", sensitive = [], defaulted = [], lifecycle = {} }: Declared = {},
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
    lifecycle: { ...usualLifecycle, ...lifecycle },
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

/** The same with `moved:` entries, from and to. */
export function withMoves(desired: Desired, ...moves: readonly (readonly [EntityKey, EntityKey])[]): Desired {
  return { ...desired, moves: moves.map(([from, to]): Move => ({ from, to })) };
}

export function withPolicy(desired: Desired, policy: Partial<Policy>): Desired {
  return { ...desired, policy: { ...desired.policy, ...policy } };
}

interface OnServer {
  readonly kind?: KindName;
  /** `shop/api`, with `#protected` or `#retired`; undefined for an object without a marker. */
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
  const [place = "", ...flags] = marker.split("#");
  const [owner = "", key = ""] = place.split("/");
  return {
    project: owner,
    key,
    ...(flags.includes("protected") ? { isProtected: true } : {}),
    ...(flags.includes("retired") ? { isRetired: true } : {}),
  };
}

export function observedOf(...entities: readonly ObservedEntity[]): Observed {
  return { server, entities, ledger: { state: "absent" } };
}

/** The same with a ledger that is known. */
export function withLedger(observed: Observed, ledger: Partial<Ledger>): Observed {
  return { ...observed, ledger: { state: "known", ledger: { ...emptyLedger, ...ledger } } };
}

export function planOf(desired: Desired, observed: Observed, options: Partial<PlanOptions> = {}): Plan {
  return describePlan(
    makePlan({ desired, observed, options: { allowDeletes: 0, allowEmpty: false, adopt: false, ...options } }),
  );
}

/** A case in a table: what is declared and what the server holds, and `planText` of the plan. */
export interface PlanRow {
  readonly title: string;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly options?: Partial<PlanOptions>;
  readonly plan: string;
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
