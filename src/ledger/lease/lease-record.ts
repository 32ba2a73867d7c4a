/**
 * The lease of a project as a value among the server's general settings: which run may write. How it is taken is in
 * take-lease.ts and docs/decisions/0012-lease.md.
 *
 *     kumaSync/~lease/shop          {"format":1,"turn":7,"state":"held","id":"…","beat":3,"at":"…","holder":{…}}
 *     kumaSync/~lease/shop/arrival  "…"    the run that came last
 */
import { canonicalText, isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { LeaseHolder } from "../../model/lease.ts";
import { leaseKeys } from "../ledger-text.ts";

const format = 1;

/**
 * `claimed`: a run asks for it. `held`: a run has it. `free`: it was given back. `absent`: it was never taken.
 * `unknown`: this version cannot read the record, so it counts as held until it has not changed for long enough.
 */
export type LeaseState = "claimed" | "held" | "free" | "absent" | "unknown";

export interface LeaseRecord {
  readonly state: LeaseState;
  /** Grows by one with each run that takes the lease; 0 if it is not known. */
  readonly turn: number;
  /** The id of the run; empty if there is none. */
  readonly id: string;
  /** Undefined if there is none. */
  readonly holder: LeaseHolder | undefined;
  /** The whole value. Two records are the same only if their texts are equal. */
  readonly text: string;
}

export interface LeaseReading {
  readonly record: LeaseRecord;
  /** The id of the run that announced itself last; empty if none did. */
  readonly arrival: string;
}

/** `settings` as they are on the server. */
export function readLease(settings: JsonObject, project: string): LeaseReading {
  const { lease, arrival } = leaseKeys(project);
  const arrived = settings[arrival];
  return { record: toRecord(settings[lease] ?? null), arrival: typeof arrived === "string" ? arrived : "" };
}

export function isFree({ state }: LeaseRecord): boolean {
  return state === "free" || state === "absent";
}

/** The setting that announces the run `id`. */
export function arrivalSetting(project: string, id: string): JsonObject {
  return { [leaseKeys(project).arrival]: id };
}

export interface LeaseValue {
  readonly state: "claimed" | "held" | "free";
  readonly turn: number;
  readonly id: string;
  /** Differs between two writes of a run, so that others see that it is alive. */
  readonly beat: number;
  readonly holder: LeaseHolder;
}

/** The setting that holds the lease. */
export function leaseSetting(project: string, { state, turn, id, beat, holder }: LeaseValue): JsonObject {
  const { host, pid, name, since } = holder;
  const value: JsonObject = { format, state, turn, id, beat, host, pid, name, since };
  return { [leaseKeys(project).lease]: value };
}

function toRecord(value: Json): LeaseRecord {
  const text = canonicalText(value);
  const none = { turn: 0, id: "", holder: undefined, text };
  if (value === null || value === "") return { ...none, state: "absent" };
  if (!isJsonObject(value)) return { ...none, state: "unknown" };
  const { state, turn, id, host, pid, name, since } = value;
  const isWhole = value["format"] === format && typeof turn === "number" && typeof id === "string";
  if (!isWhole || (state !== "claimed" && state !== "held" && state !== "free")) return { ...none, state: "unknown" };
  const isNamed = typeof host === "string" && typeof pid === "number" && typeof name === "string";
  const holder = isNamed && typeof since === "string" ? { host, pid, name, since } : undefined;
  return { state, turn, id, holder, text };
}
