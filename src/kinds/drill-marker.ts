/**
 * What tells the copy of a drill from a monitor. It stands in fields that are sent with the very first write, so that a run
 * that is killed leaves no copy without it, and it is no marker of a project (marker.ts): no plan manages a copy.
 */
import type { JsonObject } from "../model/json.ts";

export interface DrillMark {
  readonly project: string;
  /** Of the monitor that was copied, without its kind; for the notification of the run the word `notification`. */
  readonly key: string;
  /** 16 hexadecimal digits, random. */
  readonly run: string;
}

/** The beginning of the name of every copy, and so of what a notification says. */
export const drillName = "DRILL";

const pattern = /^kuma-sync drill of (?<project>[^/\s]+)\/(?<key>[^\s,]+), run (?<run>[0-9a-f]{16})\b/u;

/** For the description of a copy. */
export function drillText({ project, key, run }: DrillMark): string {
  return `kuma-sync drill of ${project}/${key}, run ${run}: a copy that the end of the run deletes`;
}

/** The key inside the JSON of the run's notification. */
export const drillConfigKey = "kumaSyncDrill";

/** Undefined for a monitor or notification that is no copy. `row` is the server's. */
export function drillMarkOf(row: JsonObject): DrillMark | undefined {
  const text = row[drillConfigKey] ?? row["description"];
  const { project, key, run } = (typeof text === "string" ? pattern.exec(text)?.groups : undefined) ?? {};
  return project === undefined || key === undefined || run === undefined ? undefined : { project, key, run };
}
