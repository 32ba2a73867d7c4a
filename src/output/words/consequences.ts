/** What a plan means beyond its fields: what is watched less, and what completions cost. All texts are inert. */
import type { Cost, CostOfPlan, CoverageLoss, Impact } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { grouped, shortCount } from "./counts.ts";
import { writtenDuration } from "../../model/duration.ts";

/** `→`, or `->` where only ASCII is at hand. */
type Arrow = string;

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
      return `${name} is checked less often${inSeconds(more)}`;
    case "retries":
      return `${name} is retried more before it alarms${more}`;
    case "status-codes":
      return `${name} accepts more status codes${more}`;
    case "tls":
      return `${name} no longer checks certificates${more}`;
    case "inverted":
      return `${name} is inverted (up and down swap)${more}`;
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

/** The seconds in `60 → 300`, with units. */
function inSeconds(detail: string): string {
  return detail.replaceAll(/\d+/gu, (seconds) => writtenDuration(Number(seconds)));
}

function changed(before: number, after: number, arrow: Arrow): string {
  const [from, to] = [grouped(Math.round(before)), grouped(Math.round(after))];
  return from === to ? to : `${from} ${arrow} ${to}`;
}

/** Checks a minute differ in the second place for a monitor that is asked once an hour. */
function rounded(count: number): string {
  return grouped(count >= 10 ? Math.round(count) : Math.round(count * 100) / 100);
}
