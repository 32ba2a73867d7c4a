/**
 * The sentences about a plan that every format says in the same words. All of them are inert and none is coloured: a format
 * adds its own escapes and its own dress.
 */
import type {
  FieldChange,
  Cost,
  CostOfPlan,
  CoverageLoss,
  Impact,
  Plan,
  PlanSummary,
  SideEffect,
  Step,
} from "../model/plan.ts";
import { keyOfDuplicate } from "../model/entity.ts";
import { inert } from "./inert.ts";

/** `→`, or `->` where only ASCII is at hand. */
export type Arrow = string;

/** `update`; what the summary calls the action. */
export const actionVerbs = {
  create: "create",
  update: "update",
  adopt: "adopt",
  move: "move",
  "take-over": "take over",
  delete: "delete",
  retire: "pause",
  release: "release",
} as const satisfies Record<Step["action"], string>;

/** How many steps of each action there are, in the order in which a summary tells them; none of those without a step. */
export function actionCounts(
  summary: PlanSummary,
): readonly { readonly action: Step["action"]; readonly count: number }[] {
  const counts = { ...summary, "take-over": summary.takeOver };
  return (Object.keys(actionVerbs) as Step["action"][]).flatMap((action) =>
    counts[action] === 0 ? [] : [{ action, count: counts[action] }],
  );
}

/** Objects that no step touches: `96 unchanged`, `2 kept although no longer declared`. */
export function restCounts({ unchanged, kept, unmanaged, foreign }: PlanSummary): readonly string[] {
  return [
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
    ...(kept > 0 ? [`${kept} kept although no longer declared`] : []),
    ...(unmanaged > 0 ? [`${unmanaged} not managed`] : []),
    ...(foreign > 0 ? [`${foreign} of other projects`] : []),
  ];
}

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

/** What the step does to the object beyond its fields; undefined where the action says it all. */
export function stepNote(step: Step): string | undefined {
  switch (step.action) {
    case "create":
    case "update":
      return undefined;
    case "delete": {
      const kept = keyOfDuplicate(step.key);
      return kept === undefined ? undefined : `surplus: another object is ${inert(kept)} and stays`;
    }
    case "adopt":
      return step.changes.length === 0 ? "adopted, no field changes" : "adopted; its history is kept";
    case "move":
      return `was ${inert(step.from)}, history kept`;
    case "take-over":
      return `was ${inert(step.from)} of another project, history kept`;
    case "retire":
      return "no longer declared: paused, history kept";
    case "release":
      return "no longer declared: let go of, stays as it is";
    default:
      return step satisfies never;
  }
}

/** What a delete erases; undefined for other steps, and for kinds that have no history. */
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

/** What the step does to other objects, a sentence for each way. */
export function sideEffectNotes(step: Step): readonly string[] {
  const { sideEffects = [] } = step;
  const parks = "parks" in step ? step.parks : undefined;
  const parked =
    parks === undefined
      ? []
      : [`takes the slug of ${inert(parks.key)}, which is "${inert(parks.temporary)}" until its own step`];
  return [...parked, ...effectNotes(sideEffects)];
}

function effectNotes(sideEffects: readonly SideEffect[]): readonly string[] {
  return (Object.keys(effectWords) as SideEffect["type"][]).flatMap((type) => {
    const reached = sideEffects.filter((effect) => effect.type === type);
    if (reached.length === 0) return [];
    const named = reached.slice(0, mostReached).map(({ kind, name, id, owner }) => {
      if (kind === "settings") return "the server's settings (entryPage)";
      const whose = owner === undefined ? "not managed" : inert(owner);
      return `${kind} "${inert(name)}" (id ${id}, ${whose})`;
    });
    const left = reached.length - named.length;
    return [`${effectWords[type]}: ${named.join(", ")}${left > 0 ? `, and ${left} more` : ""}`];
  });
}

const effectWords = {
  link: "still in use; these lose it",
  "top-level": "its children go to the top level",
  paused: "Uptime Kuma shows what is in the group as paused",
} as const satisfies Record<SideEffect["type"], string>;

/** Of one way; a group may hold hundreds. */
const mostReached = 10;

/** Why fields of a step differ, one sentence for each cause that is not the file. */
export function causeNotes(changes: readonly FieldChange[]): readonly string[] {
  const has = (...causes: readonly FieldChange["cause"][]): boolean =>
    changes.some(({ cause }) => causes.includes(cause));
  return [
    ...(has("server", "both") ? ["changed on the server since the last apply"] : []),
    ...(has("unfinished") ? ["the last apply failed while it wrote this object"] : []),
    ...(has("unstorable")
      ? ["the server's database put question marks in place of characters that it cannot hold [KS4017]"]
      : []),
    ...(has("default") ? ["a default changed with this version of kuma-sync"] : []),
  ];
}

/** Said beside a field; undefined when its cause is the file, or not known. */
export function causeMark({ cause }: FieldChange): string | undefined {
  switch (cause) {
    case "server":
      return "server";
    case "both":
      return "file and server";
    case "default":
      return "default";
    case "unfinished":
      return "unfinished";
    case "unstorable":
      return "database";
    case "file":
    case undefined:
      return undefined;
    default:
      return cause satisfies never;
  }
}

/** What those on call would notice, `most` losses of coverage at the most; empty when nothing changes for them. */
export function impactNotes({ coverage, checksPerMinute }: Impact, arrow: Arrow, most: number): readonly string[] {
  const { before, after } = checksPerMinute;
  const left = coverage.length - most;
  const losses = coverage.slice(0, most).map((loss) => lossOfCoverage(loss, arrow));
  return [
    ...(losses.length === 0 ? [] : [`Coverage: ${losses.join("; ")}${left > 0 ? `; and ${left} more` : ""}.`]),
    ...(rounded(before) === rounded(after) ? [] : [`Checks/min ${rounded(before)} ${arrow} ${rounded(after)}.`]),
  ];
}

function lossOfCoverage({ key, loss, detail }: CoverageLoss, arrow: Arrow): string {
  const name = inert(key);
  const more = detail === undefined ? "" : `: ${inert(detail).replaceAll("→", arrow)}`;
  switch (loss) {
    case "deleted":
      return `${name} is deleted`;
    case "paused":
      return `${name} is paused`;
    case "paused-group":
      return `${name} is paused with its group`;
    case "notification":
      return `${name} loses notification${detail === undefined ? "s" : ` "${inert(detail)}"`}`;
    case "interval":
      return `${name} is checked less often${more}`;
    case "retries":
      return `${name} is retried more before it alarms${more}`;
    case "status-codes":
      return `${name} accepts more status codes${more}`;
    case "tls":
      return `${name} no longer checks certificates${more}`;
    case "inverted":
      return `${name} is turned upside down${more}`;
    default:
      return loss satisfies never;
  }
}

/** `Completions/day 288 → 576 (~ 37k tokens).`; undefined when no monitor asks for completions. */
export function costNote({ before, after }: CostOfPlan, arrow: Arrow): string | undefined {
  if (before.completions === 0 && after.completions === 0) return undefined;
  const count = changed(before.completions, after.completions, arrow);
  return `Completions/day ${count} (~ ${shortCount(after.tokens)} tokens).`;
}

/** A head and one row a monitor: its key, completions and tokens a day, before and after. */
export function costTable({ monitors }: CostOfPlan, arrow: Arrow): readonly (readonly [string, string, string])[] {
  const cell = (member: keyof Cost, monitor: CostOfPlan["monitors"][number]): string =>
    changed(monitor.before?.[member] ?? 0, monitor.after?.[member] ?? 0, arrow);
  return [
    ["monitor", "completions/day", "tokens/day"],
    ...monitors.map((monitor) => [inert(monitor.key), cell("completions", monitor), cell("tokens", monitor)] as const),
  ];
}

/** Undefined when the whole configuration was looked at. */
export function partialNote({ isPartial }: Plan): string | undefined {
  return isPartial === true ? "only the selected objects were looked at; the rest may differ too" : undefined;
}

export function serverText({ url, version }: Plan["server"]): string {
  return `${inert(url)} (Uptime Kuma ${inert(version)})`;
}

function changed(before: number, after: number, arrow: Arrow): string {
  const [from, to] = [grouped(Math.round(before)), grouped(Math.round(after))];
  return from === to ? to : `${from} ${arrow} ${to}`;
}

/** Checks a minute differ in the second place for a monitor that is asked once an hour. */
function rounded(count: number): string {
  return grouped(count >= 10 ? Math.round(count) : Math.round(count * 100) / 100);
}

/** `590,122`, the same in every locale of the machine. */
function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** `640`, `37k`, `1.2M`. */
function shortCount(count: number): string {
  if (count < 1000) return String(Math.round(count));
  const [scaled, unit] = count < 999_500 ? [count / 1000, "k"] : [count / 1_000_000, "M"];
  return `${scaled < 9.95 ? scaled.toFixed(1).replace(/\.0$/u, "") : Math.round(scaled)}${unit}`;
}
