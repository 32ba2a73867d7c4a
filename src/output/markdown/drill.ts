/** A drill as Markdown: a table, and what is wrong. */
import { drillProblems, drillState, type DrilledMonitor } from "../../model/drilled-monitor.ts";
import type { DrillData } from "../../model/report-data.ts";
import { durationText } from "../../model/duration.ts";
import {
  drillAdvice,
  drillCounts,
  drillProblemText,
  drillSummary,
  firstAlarm,
  shareText,
  slowestAlarm,
} from "../words/drill.ts";
import { plural } from "../words/counts.ts";
import { composeDocument, type Section } from "./budget.ts";
import { codeSpan, hiddenTag, markdownProse } from "./escape.ts";

/** The table must fit into the limit whatever the names are. */
const mostRows = 60;

export function renderDrillMarkdown({ project, on, server, monitors, ms }: DrillData, limit: number): string {
  const drilled = monitors.filter(({ skipped }) => skipped === undefined);
  const place = on === "sandbox" ? "a throwaway" : "the real";
  const head = `${hiddenTag(project, "drill")}\n### kuma-sync drill: ${markdownProse(drillSummary(monitors, ms))}`;
  const table = [
    "| | Monitor | Breakages detected | Missed | False alarms | Notified |\n| --- | --- | --- | --- | --- | --- |",
    ...drilled.slice(0, mostRows).map(rowOf),
  ].join("\n");
  const more = drilled.length > mostRows ? `\n\nand ${plural(drilled.length - mostRows, "more monitor")}` : "";
  const intro = `On ${place} Uptime Kuma ${codeSpan(server.version)}.`;
  const problems = drilled.flatMap((monitor) => [
    ...drillProblems(monitor).map(
      (problem) =>
        `- **${drillState(monitor)}** ${codeSpan(monitor.key)} ${markdownProse(drillProblemText(problem, monitor))}`,
    ),
    ...drillAdvice(monitor).map((text) => `  - ${markdownProse(text)}`),
  ]);
  const alarms = drilled.flatMap((monitor) => {
    const alarm = firstAlarm(monitor);
    if (alarm === undefined) return [];
    const time = durationText(slowestAlarm(monitor));
    return [`- ${codeSpan(monitor.key)} ${markdownProse(alarm.text.trim())} (each within ${time})`];
  });
  const skipped = monitors.flatMap(({ key, skipped: reason }) =>
    reason === undefined ? [] : [`- ${codeSpan(key)} ${markdownProse(reason)}`],
  );
  return composeDocument(
    drilled.length === 0 ? head : `${head}\n\n${intro}\n\n${table}${more}`,
    [
      section("#### Problems", problems, 0.6),
      section("#### Notifications that arrived", alarms, 0.7),
      section("#### Not drilled", skipped, 1),
    ],
    limit,
  );
}

function rowOf(monitor: DrilledMonitor): string {
  const { breakages, falseAlarms, notified } = drillCounts(monitor);
  const cells = [
    drillState(monitor),
    codeSpan(monitor.name),
    shareText(breakages),
    String(breakages.total - breakages.count),
    shareText(falseAlarms),
    shareText(notified),
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(heading: string, lines: readonly string[], share: number): Section {
  return {
    heading,
    blocks: lines.map((line) => () => line),
    share,
    more: (left) => `- and ${plural(left, "more line")}`,
    gap: "\n",
  };
}
