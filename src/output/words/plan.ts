/** Sentences about a whole plan. They are inert and without colours; the formats add their own escapes and colours. */
import type { Plan } from "../../model/plan.ts";
import { inert } from "../inert.ts";

/** `9 managed objects match`; the server's address follows. */
export function matchedText({ project, summary: { unchanged, kept } }: Plan): string {
  if (unchanged + kept === 0) return `Nothing of project ${inert(project)} is on`;
  return unchanged === 1 ? "1 managed object matches" : `${unchanged} managed objects match`;
}

/** The result of reading the server again after the last write, if nothing is left to do. */
export function convergedText({ project, isPartial, steps, summary: { unchanged, kept } }: Plan): string {
  if (isPartial === true) return "The selected objects now match the configuration.";
  const isGone = unchanged + kept === 0 && steps.every(({ action }) => action === "delete");
  return isGone ? `Nothing of project ${inert(project)} is left.` : "The server now matches the configuration.";
}

/** Undefined for a plan of the whole configuration. */
export function partialNote({ isPartial }: Plan): string | undefined {
  return isPartial === true ? "only the selected objects were compared; the rest may differ too" : undefined;
}

export function serverText({ url, version }: Plan["server"]): string {
  return `${inert(url)} (Uptime Kuma ${inert(version)})`;
}

/** The name of the server in the configuration; without one, its host. */
export function serverName({ server }: Plan, target: string | undefined): string {
  if (target !== undefined) return target;
  return URL.canParse(server.url) ? new URL(server.url).host : server.url;
}
