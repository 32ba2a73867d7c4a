/** What a step does beyond its fields. All texts are inert. */
import { keyOfDuplicate } from "../../model/entity.ts";
import type { SideEffect, Step } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { grouped } from "./counts.ts";

/** What the step does to the object besides its fields; undefined if the action says everything. */
export function stepNote(step: Step): string | undefined {
  switch (step.action) {
    case "create":
    case "update":
      return undefined;
    case "delete": {
      const kept = keyOfDuplicate(step.key);
      return kept === undefined ? undefined : `another object has the same marker, ${inert(kept)}, and stays`;
    }
    case "adopt":
      return step.changes.length === 0 ? "adopted, no field changes" : "adopted, history kept";
    case "move":
      return `was ${inert(step.from)}, history kept`;
    case "take-over":
      return `was ${inert(step.from)} of another project, history kept`;
    case "retire":
      return "no longer declared: paused, history kept";
    case "release":
      return "no longer declared: released, stays as it is";
    default:
      return step satisfies never;
  }
}

/** What a delete erases; undefined for other steps and for kinds without history. */
export function lossNote(step: Step): string | undefined {
  if (step.action !== "delete" || step.kind !== "monitor") return undefined;
  const { since, heartbeats } = step.history ?? {};
  if (since === undefined && heartbeats === undefined) return "its history is erased permanently";
  const what =
    heartbeats === undefined
      ? "its history"
      : `${grouped(heartbeats)} ${heartbeats === 1 ? "heartbeat" : "heartbeats"}`;
  return `would erase ${what}${since === undefined ? "" : ` since ${inert(since.slice(0, 10))}`}`;
}

/** What the step does to other objects, one sentence for each type of effect. */
export function sideEffectNotes(step: Step): readonly string[] {
  const { sideEffects = [] } = step;
  const parks = "parks" in step ? step.parks : undefined;
  const parked =
    parks === undefined
      ? []
      : [`takes the slug of ${inert(parks.key)}, whose slug is "${inert(parks.temporary)}" until its own step`];
  return [...parked, ...effectNotes(sideEffects)];
}

function effectNotes(sideEffects: readonly SideEffect[]): readonly string[] {
  return (Object.keys(effectWords) as SideEffect["type"][]).flatMap((type) => {
    const affected = sideEffects.filter((effect) => effect.type === type);
    if (affected.length === 0) return [];
    const named = affected.slice(0, mostReached).map(({ kind, name, id, owner }) => {
      if (kind === "settings") return "the server's settings (entryPage)";
      const whose = owner === undefined ? "not managed" : inert(owner);
      return `${kind} "${inert(name)}" (id ${id}, ${whose})`;
    });
    const left = affected.length - named.length;
    return [`${effectWords[type]}: ${named.join(", ")}${left > 0 ? `, and ${left} more` : ""}`];
  });
}

const effectWords = {
  link: "still in use; these lose their link to it",
  "top-level": "its children move to the top level",
  paused: "Uptime Kuma shows the monitors in the group as paused",
} as const satisfies Record<SideEffect["type"], string>;

/** Maximum number of named objects of one type; a group may hold hundreds. */
const mostReached = 10;

/** For a write whose answer was lost. */
export const maybeAppliedNote = "kuma-sync does not know whether the server carried this out; the next run finds out";

/** Why a step was skipped. */
export function skipReason(because: string): string {
  if (because === "interrupted") return "interrupted";
  if (because === "disconnected") return "the connection was lost";
  if (because === "stopped") return "stopped at the first failure";
  if (because === "lease") return "another run may be writing";
  return `needs ${inert(because)}`;
}
