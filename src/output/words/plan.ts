/** Sentences about a plan as a whole. All of them are inert and none is coloured: a format adds its own escapes and colours. */
import type { Plan } from "../../model/plan.ts";
import { inert } from "../inert.ts";

/** `9 managed objects match`, with the server's address to follow. */
export function matchedText({ project, summary: { unchanged, kept } }: Plan): string {
  if (unchanged + kept === 0) return `Nothing of project ${inert(project)} is on`;
  return unchanged === 1 ? "1 managed object matches" : `${unchanged} managed objects match`;
}

/** What the second look after the last write has proved, where it found nothing left to do. */
export function convergedText({ project, isPartial, steps, summary: { unchanged, kept } }: Plan): string {
  if (isPartial === true) return "What was selected now matches the configuration.";
  const isGone = unchanged + kept === 0 && steps.every(({ action }) => action === "delete");
  return isGone ? `Nothing of project ${inert(project)} is left.` : "The server now matches the configuration.";
}

/** Undefined when the whole configuration was looked at. */
export function partialNote({ isPartial }: Plan): string | undefined {
  return isPartial === true ? "only the selected objects were looked at; the rest may differ too" : undefined;
}

export function serverText({ url, version }: Plan["server"]): string {
  return `${inert(url)} (Uptime Kuma ${inert(version)})`;
}
