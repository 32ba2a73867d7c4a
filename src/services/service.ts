/** What kuma-sync knows of a service that people monitor: the interface of `<name>/service.ts`. Pure. */
import type { JsonObject } from "../model/json.ts";
import type { MadeMonitor } from "./blocks/made-monitor.ts";
import type { ServiceClaims } from "./claims.ts";
import type { ServiceProblem } from "./problem.ts";

export interface Service {
  readonly block: ServiceBlock;
  /** What each of its monitors sees, and to what it is blind. */
  readonly claims: ServiceClaims;
  /**
   * The services of this type that `monitors` ask: those of `blocks`, and others that are recognised by what no other
   * service has.
   */
  instances(monitors: WrittenMonitors, blocks: readonly ServiceInstance[]): readonly ServiceInstance[];
  /** Outages that the monitors of these services would miss, and mistakes that keep them down. Pointers go into `monitors`. */
  check(monitors: WrittenMonitors, instances: readonly ServiceInstance[]): readonly ServiceProblem[];
  /** Healthy answers to the monitors, by their keys; none where a healthy answer cannot be known. */
  samples(monitors: WrittenMonitors, instances: readonly ServiceInstance[]): ReadonlyMap<string, BuiltInSample>;
}

/** By key, as written under `monitors:` or made from a block. */
export type WrittenMonitors = Readonly<Record<string, JsonObject>>;

/** One of the servers that a block or a monitor asks. */
export interface ServiceInstance {
  readonly url: string;
  /** Its release, where it is known. */
  readonly version?: string | undefined;
  /** Its block, if it has one: without `type`, valid by the schema. */
  readonly written?: JsonObject;
}

/** The short block, which stands for ordinary monitors. */
export interface ServiceBlock {
  /** JSON Schema 2020-12 of its own keys; `commonProperties` come to them. */
  readonly properties: Readonly<Record<string, JsonObject>>;
  readonly required: readonly string[];
  /** With `type`. */
  readonly example: JsonObject;
  /** `written` is valid by the schema and interpolated. `key` is that of the block. No requests, so a plan can be made offline. */
  make(key: string, written: JsonObject): MadeBlock;
}

export interface MadeBlock {
  /** The name of the group. */
  readonly name: string;
  /** Without the group. Those with an error are left out. */
  readonly monitors: readonly MadeMonitor[];
  /** Pointers go into the block. */
  readonly problems: readonly ServiceProblem[];
}

export interface BuiltInSample {
  /** The body of a healthy answer. */
  readonly healthy: string;
  /** Bodies with a healthy status that mean an outage, by description. */
  readonly broken: Readonly<Record<string, string>>;
  /** A healthy answer may have other fields than this sample. */
  readonly hasOtherShapes?: true;
}
