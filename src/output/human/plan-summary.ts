/** The last line of a plan, and the one question that the exit code asks of it. */
import type { Plan, PlanSummary } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";
import { plural } from "./layout.ts";

/** Both the words "No changes" and the exit code 2 come from here (cli.md §2.1, trap 11). */
export function hasChanges(plan: Plan): boolean {
  return plan.steps.length > 0 || plan.blockers.length > 0;
}

export function renderSummary(plan: Plan, { style, ms }: { readonly style: Style; readonly ms: number }): string {
  const { summary } = plan;
  const others = othersText(summary);
  if (!hasChanges(plan)) {
    const matched = plural(summary.unchanged, "managed object matches", "managed objects match");
    const where = `${inert(plan.server.url)} (checked in ${(ms / 1000).toFixed(1)} s)`;
    return `${style.bold(style.green("No changes."))} ${matched} ${where}.${others === "" ? "" : ` ${others}.`}`;
  }
  const parts = [
    countText(summary.create, "create", style.green),
    countText(summary.update, "update", style.yellow),
    countText(summary.adopt, "adopt", style.cyan),
    countText(summary.move, "move", style.cyan),
    countText(summary.takeOver, "take over", style.cyan),
    countText(summary.delete, "delete", style.red),
    countText(summary.retire, "pause", style.yellow),
    countText(summary.release, "release", style.yellow),
  ].filter((text) => text !== "");
  const blocked =
    plan.blockers.length > 0 ? ` ${style.red(`Blocked by ${plural(plan.blockers.length, "problem")}.`)}` : "";
  const rest = [
    ...(summary.unchanged > 0 ? [`${summary.unchanged} unchanged`] : []),
    ...(others === "" ? [] : [others]),
  ];
  return `${style.bold("Plan:")} ${parts.length === 0 ? "nothing to do" : parts.join(", ")}.${
    rest.length === 0 ? "" : ` ${rest.join(", ")}.`
  }${blocked}`;
}

function countText(count: number, verb: string, paint: (text: string) => string): string {
  return count === 0 ? "" : paint(`${count} to ${verb}`);
}

function othersText({ unmanaged, foreign }: PlanSummary): string {
  return [
    ...(unmanaged > 0 ? [`${unmanaged} not managed`] : []),
    ...(foreign > 0 ? [`${foreign} of other projects`] : []),
  ].join(", ");
}
