/** What a plan means beyond its fields: what is watched less, and what completions cost. All texts are inert. */
import type { Cost, CostOfPlan, CoverageLoss, Impact } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { grouped, joinWords, shortCount } from "./counts.ts";
import { writtenDuration } from "../../model/duration.ts";

/** `→`, or `->` if only ASCII is available. */
type Arrow = string;

/** What the people on call would notice, at most `most` kinds of loss. Empty if nothing changes for them. */
export function impactNotes({ coverage, checksPerMinute }: Impact, arrow: Arrow, most: number): readonly string[] {
  const { before, after } = checksPerMinute;
  const groups = alikeLosses(coverage);
  const left = groups.slice(most).reduce((sum, group) => sum + group.length, 0);
  const losses = groups.slice(0, most).map((group) => lossText(group, arrow));
  return [
    ...(losses.length === 0 ? [] : [`Coverage: ${losses.join("; ")}${left > 0 ? `; and ${left} more` : ""}.`]),
    ...(rounded(before) === rounded(after) ? [] : [`Checks/min ${rounded(before)} ${arrow} ${rounded(after)}.`]),
  ];
}

const fewestAlike = 3;
const mostNamed = 3;

/** A changed default affects many monitors alike, so three or more are listed together. */
function alikeLosses(coverage: readonly CoverageLoss[]): readonly (readonly CoverageLoss[])[] {
  const groups = new Map<string, CoverageLoss[]>();
  for (const loss of coverage) {
    const id = JSON.stringify([loss.loss, loss.detail]);
    groups.set(id, [...(groups.get(id) ?? []), loss]);
  }
  return [...groups.values()].flatMap((group) => (group.length < fewestAlike ? group.map((loss) => [loss]) : [group]));
}

/** For one monitor, and for several. */
const lossWords = {
  deleted: ["is deleted", "are deleted"],
  paused: ["is paused", "are paused"],
  "paused-group": ["is paused with its group", "are paused with their group"],
  notification: ["loses notification", "lose notification"],
  interval: ["is checked less often", "are checked less often"],
  retries: ["is retried more often before it alerts", "are retried more often before they alert"],
  "status-codes": ["accepts more status codes", "accept more status codes"],
  tls: ["no longer checks certificates", "no longer check certificates"],
  inverted: ["is inverted (up and down swap)", "are inverted (up and down swap)"],
} as const satisfies Record<CoverageLoss["loss"], readonly [string, string]>;

function lossText(group: readonly CoverageLoss[], arrow: Arrow): string {
  const [first] = group;
  if (first === undefined) return "";
  const keys = group.slice(0, mostNamed).map(({ key }) => inert(key));
  const left = group.length - keys.length;
  const names = left > 0 ? `${keys.join(", ")} and ${left} more` : joinWords(keys);
  return `${names} ${lossWords[first.loss][group.length === 1 ? 0 : 1]}${detailText(first, arrow)}`;
}

function detailText({ loss, detail }: CoverageLoss, arrow: Arrow): string {
  if (loss === "notification") return detail === undefined ? "s" : ` "${inert(detail)}"`;
  if (detail === undefined) return "";
  const text = inert(detail).replaceAll("→", arrow);
  return `: ${loss === "interval" ? inSeconds(text) : text}`;
}

/** `Completions/day 288 → 576 (~ 37k tokens).`; undefined if no monitor requests completions. */
export function costNote({ before, after }: CostOfPlan, arrow: Arrow): string | undefined {
  if (before.completions === 0 && after.completions === 0) return undefined;
  const count = changed(before.completions, after.completions, arrow);
  return `Completions/day ${count} (~ ${shortCount(after.tokens)} tokens).`;
}

/** A heading and one row for each monitor: its key, and its completions and tokens a day, before and after. */
export function costTable({ monitors }: CostOfPlan, arrow: Arrow): readonly (readonly [string, string, string])[] {
  const cell = (member: keyof Cost, monitor: CostOfPlan["monitors"][number]): string =>
    changed(monitor.before?.[member] ?? 0, monitor.after?.[member] ?? 0, arrow);
  return [
    ["monitor", "completions/day", "tokens/day"],
    ...monitors.map((monitor) => [inert(monitor.key), cell("completions", monitor), cell("tokens", monitor)] as const),
  ];
}

/** Writes the seconds in `60 → 300` with units. */
function inSeconds(detail: string): string {
  return detail.replaceAll(/\d+/gu, (seconds) => writtenDuration(Number(seconds)));
}

function changed(before: number, after: number, arrow: Arrow): string {
  const [from, to] = [grouped(Math.round(before)), grouped(Math.round(after))];
  return from === to ? to : `${from} ${arrow} ${to}`;
}

/** Two decimals, because a monitor that checks once an hour changes the second one. */
function rounded(count: number): string {
  return grouped(count >= 10 ? Math.round(count) : Math.round(count * 100) / 100);
}
