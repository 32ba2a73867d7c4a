/** What stops a plan, and what the user can do about it, complete enough to paste. */
import type { Blocker } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";

const mostKeys = 20;

export function renderBlockers(blockers: readonly Blocker[], style: Style): string[] {
  return blockers.flatMap(({ code, message, keys, details, waysOn }) => [
    `${style.red("blocked:")} ${style.bold(inert(message))} ${style.dim(`[${code}]`)}`,
    ...(details === undefined ? keyLines(keys, message) : details.map((line) => `  ${inert(line)}`)),
    "  What you can do:",
    ...waysOn.map((way) => `    ${inert(way)}`),
    "",
  ]);
}

/** Omits a key that the message already names. */
function keyLines(keys: readonly string[], message: string): string[] {
  if (keys.every((key) => message.includes(key))) return [];
  const shown = keys.slice(0, mostKeys).map(inert);
  const left = keys.length - shown.length;
  return [`  ${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`];
}
