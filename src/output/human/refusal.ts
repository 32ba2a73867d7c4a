/** Why a run wrote nothing. */
import { inert, inertLines } from "../inert.ts";
import type { Style } from "../style.ts";

interface Refused {
  /** The first word of the text. */
  readonly reason: string;
  /** May have several lines. */
  readonly refusal: string;
  readonly hint?: string;
}

export function renderRefusal({ refusal, hint, reason }: Refused, style: Style): string {
  const help = hint === undefined ? "" : ` ${style.bold("help:")} ${inert(hint)}\n`;
  return `${style.red(`${reason}:`)} ${inertLines(refusal).join("\n")}\n${help}`;
}
