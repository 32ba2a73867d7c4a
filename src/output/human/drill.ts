/** A drill for people: what to do first, then the numbers, then what was seen of each monitor. */
import { drillProblems, drillState, type DrilledMonitor, type DrillState } from "../../model/drilled-monitor.ts";
import { durationText } from "../../model/duration.ts";
import { inert } from "../inert.ts";
import { shorten } from "../layout/columns.ts";
import { wrapText } from "../layout/wrap.ts";
import type { Style, TextOptions } from "../style.ts";
import {
  drillAdvice,
  drillCounts,
  drillProblemText,
  drillSummary,
  firstAlarm,
  namesOf,
  shareText,
  slowestAlarm,
} from "../words/drill.ts";
import { renderTable } from "./table.ts";

const widestName = 40;
/** With more, only those that did not pass are described. */
const mostDescribed = 10;

export interface DrillText extends TextOptions {
  /** How long it took, milliseconds. */
  readonly ms: number;
  /** Describes every monitor. */
  readonly isFull: boolean;
}

export function renderDrill(monitors: readonly DrilledMonitor[], options: DrillText): string {
  const drilled = monitors.filter(({ skipped }) => skipped === undefined);
  const isAll = options.isFull || drilled.length <= mostDescribed;
  const described = drilled.filter((monitor) => isAll || drillState(monitor) !== "pass");
  return [
    ...tableOf(drilled, options),
    ...described.flatMap((monitor) => ["", ...describe(monitor, options)]),
    ...skippedLines(monitors, options),
    "",
    drillSummary(monitors, options.ms),
    "",
  ].join("\n");
}

function tableOf(monitors: readonly DrilledMonitor[], { style, width }: DrillText): readonly string[] {
  if (monitors.length === 0) return [];
  const { ellipsis } = style.symbols;
  const head = ["", "MONITOR", "BREAKAGES DETECTED", "MISSED", "FALSE ALARMS", "NOTIFIED"].map((text) =>
    style.dim(text),
  );
  const rows = monitors.map((monitor) => {
    const { breakages, falseAlarms, notified } = drillCounts(monitor);
    return [
      stateText(drillState(monitor), style),
      style.bold(shorten(inert(monitor.name), widestName, ellipsis)),
      shareText(breakages),
      breakages.total === 0 ? "-" : String(breakages.total - breakages.count),
      shareText(falseAlarms),
      monitor.told === "on-purpose" ? "nobody" : shareText(notified),
    ];
  });
  return renderTable([head, ...rows], { width, flexible: [1], ellipsis });
}

function stateText(state: DrillState, style: Style): string {
  const texts = {
    pass: style.green("PASS"),
    fail: style.red("FAIL"),
    disagree: style.red("BUG"),
    skipped: style.dim("-"),
  };
  return texts[state];
}

function describe(monitor: DrilledMonitor, { style, width }: DrillText): readonly string[] {
  const { name, monitorType, healthy, variants, total, notes, told } = monitor;
  const line = (label: string, text: string): readonly string[] =>
    wrapText(`    ${label.padEnd(labelWidth)}${inert(text)}`, width, " ".repeat(4 + labelWidth));
  const names = (status: "up" | "down"): readonly string[] => {
    const list = namesOf(monitor, status);
    return list.length === 0 ? [] : line(status === "up" ? "stayed up" : "went down", list.join(", "));
  };
  const alarm = firstAlarm(monitor);
  const problems = drillProblems(monitor).map((problem) => drillProblemText(problem, monitor));
  return [
    `  ${style.bold(inert(name))} ${style.dim(`(${monitorType})`)}`,
    ...problems.flatMap((text) => line("problem", text).map((part) => style.red(part))),
    ...drillAdvice(monitor).flatMap((text) => line("help", text)),
    ...(healthy?.status === "up"
      ? line("went up", `healthy response, ${durationText(healthy.ms)}: ${healthy.message}`)
      : []),
    ...names("down"),
    ...names("up"),
    ...(alarm === undefined ? [] : line("notified", alarm.text.trim())),
    ...(alarm === undefined ? [] : line("", `each within ${durationText(slowestAlarm(monitor))}`)),
    ...(told === "group" ? line("note", "it names no notification itself: those of its group are told") : []),
    ...notes.flatMap((note) => line("note", note)),
    ...(total > variants.length && variants.length > 0
      ? line("note", `${variants.length} of ${total} variants; --all tries every one`)
      : []),
  ];
}

const labelWidth = 11;

function skippedLines(monitors: readonly DrilledMonitor[], { style, width }: DrillText): readonly string[] {
  const skipped = monitors.filter((monitor) => monitor.skipped !== undefined);
  if (skipped.length === 0) return [];
  return [
    "",
    style.dim("  Not drilled:"),
    ...skipped.flatMap(({ name, skipped: reason = "" }) =>
      wrapText(`    ${inert(name)}: ${inert(reason)}`, width, "      "),
    ),
  ];
}
