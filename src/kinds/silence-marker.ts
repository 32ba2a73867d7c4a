/**
 * What tells a silence from other maintenances. It stands in the description, which is sent with the first write; only a
 * status page that somebody adds to the maintenance shows it. No plan sees a silence (src/kuma/observe.ts).
 */
import type { JsonObject } from "../model/json.ts";

export interface SilenceMark {
  readonly project: string;
  readonly id: string;
}

/** Of an id; letters, digits, dots, underscores and hyphens, as CI systems have them in their names of runs. */
export const silenceIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u;

const pattern = /^kuma-sync silence (?<id>[A-Za-z0-9._-]+) of (?<project>[^/\s]+)$/u;

export function silenceText({ project, id }: SilenceMark): string {
  return `kuma-sync silence ${id} of ${project}`;
}

/** Undefined for a maintenance that is no silence. `row` is the server's. */
export function silenceMarkOf(row: JsonObject): SilenceMark | undefined {
  const text = row["description"];
  const { project, id } = (typeof text === "string" ? pattern.exec(text.trim())?.groups : undefined) ?? {};
  return project === undefined || id === undefined ? undefined : { project, id };
}
