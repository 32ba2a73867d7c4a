/** The state of monitors as a table. The words carry the meaning; colours only help to find them. */
import { monitorStates, type MonitorState, type MonitorStatus } from "../../model/monitor-status.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { ageText, durationText } from "../../model/duration.ts";
import { shorten } from "../layout/columns.ts";
import { joinWords, plural } from "../words/counts.ts";
import { renderTable, tableWidth } from "./table.ts";

interface Column {
  readonly head: string;
  readonly cell: (monitor: MonitorStatus) => string;
}

/** Dropped one after the other if the screen leaves too little room for the message of a monitor that is down. */
const optionalColumns: readonly string[] = ["MEAN 24H", "UP 30D", "FOR", "PING"];
/**
 * Columns for the message, whose beginning is the most useful part. Logs have more room, because nothing wraps there.
 */
const leastRoom = 24;
const roomInLog = 40;

/**
 * Keeps the given order and ends with a line that counts the monitors. `now` is in milliseconds since 1970. On a
 * screen, the table fits the width.
 */
export function renderStatus(
  monitors: readonly MonitorStatus[],
  { style, width }: TextOptions,
  { now, isScreen }: { readonly now: number; readonly isScreen: boolean },
): string {
  if (monitors.length === 0) return "No managed monitors.\n";
  const { ellipsis } = style.symbols;
  const columns: readonly Column[] = [
    { head: "", cell: ({ state }) => stateText(state, style) },
    { head: "MONITOR", cell: ({ name }) => style.bold(shorten(inert(name), 40, ellipsis)) },
    { head: "KEY", cell: ({ key }) => style.dim(inert(key)) },
    { head: "PING", cell: ({ ping }) => pingText(ping) },
    { head: "MEAN 24H", cell: ({ averagePing }) => pingText(averagePing) },
    { head: "UP 24H", cell: ({ uptime24h }) => percentText(uptime24h) },
    { head: "UP 30D", cell: ({ uptime30d }) => percentText(uptime30d) },
    {
      head: "FOR",
      cell: ({ since }) =>
        since === undefined ? "" : `${since.isOlder ? ">" : ""}${ageText(now - Date.parse(since.time))}`,
    },
  ];
  // A column without values is left out with its heading.
  let shown = columns.filter(({ cell }) => monitors.some((monitor) => cell(monitor) !== ""));
  const rows = (last: (monitor: MonitorStatus) => string, head = ""): readonly (readonly string[])[] => [
    [...shown.map((column) => style.dim(column.head)), head],
    ...monitors.map((monitor) => [...shown.map(({ cell }) => cell(monitor)), last(monitor)]),
  ];
  const start = ({ message }: MonitorStatus): string => shorten(inert(message), leastRoom, ellipsis);
  for (const head of optionalColumns) {
    if (isScreen && tableWidth(rows(start)) > width) shown = shown.filter((column) => column.head !== head);
  }
  const roomBeside = width - tableWidth(rows(() => "|")) + 1;
  const room = Math.max(isScreen ? leastRoom : roomInLog, roomBeside);
  const table = rows(({ message }) => shorten(inert(message), room, ellipsis), style.dim("MESSAGE"));
  const flexible = [...shown.keys()].filter((index) => ["MONITOR", "KEY"].includes(shown[index]?.head ?? ""));
  const limits = { width, flexible: [...flexible, shown.length], ellipsis };
  const counts = monitorStates.flatMap((state) => {
    const count = monitors.filter((monitor) => monitor.state === state).length;
    return count === 0 ? [] : [`${count} ${stateWords[state]}`];
  });
  const summary = `${plural(monitors.length, "monitor")}: ${joinWords(counts)}.`;
  return [...(isScreen ? renderTable(table, limits) : renderTable(table)), "", summary, ""].join("\n");
}

/** One line for a log, for a monitor whose state or message changed. `time` is ISO 8601. */
export function renderStatusChange(
  { state, name, key, message }: MonitorStatus,
  { style, time }: { readonly style: Style; readonly time: string },
): string {
  const text = [time, stateText(state, style), inert(name), inert(key), inert(message)];
  return `${text.filter((part) => part !== "").join("  ")}\n`;
}

function pingText(ms: number | undefined): string {
  return ms === undefined ? "" : `${Math.round(ms)} ms`;
}

/** Never rounded up: a monitor that was down for a minute is not at 100%. */
function percentText(ratio: number | undefined): string {
  return ratio === undefined ? "" : `${Math.floor(ratio * 10_000) / 100}%`;
}

const stateWords = {
  down: "down",
  none: "without a heartbeat",
  pending: "pending",
  maintenance: "in maintenance",
  paused: "paused",
  up: "up",
} as const satisfies Record<MonitorState, string>;

function stateText(state: MonitorState, style: Style): string {
  switch (state) {
    case "up":
      return style.green("UP");
    case "down":
      return style.red("DOWN");
    case "pending":
    case "none":
      return style.yellow(state === "none" ? "NO BEAT" : "PENDING");
    case "maintenance":
    case "paused":
      return style.cyan(state.toUpperCase());
    default:
      return state satisfies never;
  }
}

/** The result of waiting for first heartbeats, in one line. */
export function renderWait(
  { up, total, ms }: { readonly up: number; readonly total: number; readonly ms: number },
  style: Style,
): string {
  const time = durationText(ms);
  if (up < total)
    return `${style.red(`${up} of ${plural(total, "new monitor")} ${up === 1 ? "is" : "are"} up after ${time}.`)}\n`;
  return `${style.green(total === 1 ? "The new monitor is up." : `All ${total} new monitors are up.`)}\n`;
}
