/** The progress of an apply: one line for each finished step. */
import { maybeAppliedNote, skipReason } from "../words/step.ts";
import type { ApplyEvent, StepOutcome } from "../../model/progress.ts";
import { inert } from "../inert.ts";
import { actionVerbs } from "../words/actions.ts";
import type { Style } from "../style.ts";
import { durationText } from "../../model/duration.ts";

/** The lines for an event; empty if it leaves no lasting line. */
export function renderEvent(event: ApplyEvent, style: Style): string {
  if (event.type !== "finished") return "";
  const { outcome, index, total } = event;
  const count = `${String(index).padStart(String(total).length)}/${total}`;
  return `${outcomeLines(outcome, { count, style }).join("\n")}\n`;
}

/** What is happening now, for a line that is overwritten. */
export function renderStatusLine(event: ApplyEvent): string {
  switch (event.type) {
    case "started":
      return `${event.index}/${event.total} ${actionVerbs[event.action]} ${inert(event.key)}`;
    case "verifying":
      return "reading the server again to verify";
    case "finished":
      return "";
    default:
      return event satisfies never;
  }
}

function outcomeLines(
  outcome: StepOutcome,
  { count, style }: { readonly count: string; readonly style: Style },
): string[] {
  const what = `${actionVerbs[outcome.action]} ${style.bold(inert(outcome.key))}`;
  switch (outcome.result) {
    case "done":
      return [`${style.green(style.symbols.done)} ${style.dim(count)} ${what} ${style.dim(durationText(outcome.ms))}`];
    case "failed":
      return [`${style.red(style.symbols.failed)} ${style.dim(count)} ${what}`, ...failureLines(outcome.error, style)];
    case "skipped":
      return [`${style.yellow("skipped")} ${style.dim(count)} ${what}: ${skipReason(outcome.because)}`];
    default:
      return outcome satisfies never;
  }
}

export function failureLines(error: Extract<StepOutcome, { result: "failed" }>["error"], style: Style): string[] {
  return [
    `    ${inert(error.message)}`,
    ...(error.hint === undefined ? [] : [`    ${style.bold("help:")} ${inert(error.hint)}`]),
    ...(error.isMaybeApplied ? [`    ${style.yellow(maybeAppliedNote)}`] : []),
  ];
}

/** Printed at the first signal during an apply. */
export const interruptedText = "\ninterrupted: finishing the writes in flight; a second signal stops at once\n";
