/** What a drill is going to do: data, made before anything is written to a server. */
import type { EntityKey } from "../model/entity.ts";
import type { JsonObject } from "../model/json.ts";
import type { Told, VariantGroup } from "../model/drilled-monitor.ts";
import type { ServedAnswer, HttpAnswer } from "./answer.ts";

interface MonitorToDrill {
  readonly key: EntityKey;
  readonly name: string;
  readonly monitorType: string;
  readonly told: Told;
  /** What the server says could be worked out from a secret, so it is not shown. */
  readonly isSecret: boolean;
}

export interface SkippedDrill extends MonitorToDrill {
  readonly skipped: string;
}

export interface PlannedDrill extends MonitorToDrill {
  readonly skipped?: undefined;
  /** Canonical, as the server would get it: what the copies are made of. */
  readonly spec: JsonObject;
  /** How the copies find out: they ask, they only connect, or they wait to be called. */
  readonly contact: "request" | "connection" | "push";
  /** What they meet before and after; undefined for copies that wait. */
  readonly healthy: HttpAnswer | undefined;
  /** What the engine of `test` says about it. */
  readonly expect: "up" | "down";
  /** One copy for each. Empty when the monitor cannot pass: then one copy shows that. */
  readonly variants: readonly PlannedVariant[];
  /** How many there are to choose from. */
  readonly total: number;
  readonly notes: readonly string[];
}

export interface PlannedVariant {
  readonly name: string;
  readonly group: VariantGroup;
  readonly way: Way;
  readonly expect: "up" | "down";
}

/** How the copy gets to know. */
export type Way = ServedAnswer | PushWay;

/** `push-down`: a heartbeat that says down; `push-silence`: no heartbeat for an interval. */
export interface PushWay {
  readonly type: "push-down" | "push-silence";
}

export function isPush(way: Way): way is PushWay {
  return way.type === "push-down" || way.type === "push-silence";
}
