/** Silences: started, ended and listed. */
import { ageText } from "../../model/duration.ts";
import type { Silence } from "../../model/silence.ts";
import { inert } from "../inert.ts";
import { joinWords, plural } from "../words/counts.ts";
import type { TextOptions } from "../style.ts";
import { renderTable } from "./table.ts";

/** Names that are written out; the others are counted. */
const mostNames = 8;

export function startedSilenceText({ id, until, monitors }: Silence, { style }: TextOptions): string {
  return [
    `${style.green("Silenced:")} ${namesText(monitors)}, until ${momentText(until)}.\n`,
    `End it earlier with: kuma-sync silence --end ${inert(id)}\n`,
  ].join("");
}

/** `missing` are ids of which the server has no silence. */
export function endedSilencesText(
  ended: readonly Silence[],
  missing: readonly string[],
  { style }: TextOptions,
): string {
  const lines = [
    ...ended.map(({ id, monitors }) => `${style.green("Ended:")} ${inert(id)}, of ${namesText(monitors)}.`),
    ...missing.map((id) => `No silence ${inert(id)} is there: it has ended by itself, or never began.`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** `now` is the server's, in milliseconds since 1970. */
export function silencesText(silences: readonly Silence[], now: number, { style, width }: TextOptions): string {
  if (silences.length === 0) return "Nothing is silenced.\n";
  const rows = silences.map(({ id, until, state, reason, monitors }) => [
    inert(id),
    momentText(until),
    state === "running" ? ageText(Date.parse(until) - now) : "over",
    namesText(monitors),
    inert(reason),
  ]);
  const head = ["ID", "UNTIL", "STILL", "MONITORS", "REASON"].map((text) => style.dim(text));
  const limits = { width, flexible: [0, 3, 4], ellipsis: style.symbols.ellipsis };
  return renderTable([head, ...rows], limits)
    .map((line) => `${line}\n`)
    .join("");
}

function namesText(keys: readonly string[]): string {
  if (keys.length === 0) return "no monitor of this project";
  const shown = keys.slice(0, mostNames).map(inert);
  const others = keys.length - shown.length;
  return others === 0 ? joinWords(shown) : `${shown.join(", ")} and ${plural(others, "more monitor")}`;
}

/** `2026-11-30 11:50:04 UTC` */
function momentText(iso: string): string {
  return `${inert(iso).replace("T", " ").replace(/Z$/u, "")} UTC`;
}
