/** What monitors say, as a table. The words carry the state; the colours only help to find it. */
import { monitorStates, type MonitorState, type MonitorStatus } from "../../model/monitor-status.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { ageText, durationText } from "../../model/duration.ts";
import { columnsOf, shorten } from "../layout/columns.ts";
import { joinWords, plural } from "../words/counts.ts";
import { renderTable } from "./table.ts";

interface Column {
  readonly head: string;
  readonly cell: (monitor: MonitorStatus) => string;
}

/** Given up one after the other where the screen is too narrow to say why something is down. */
const expendable: readonly string[] = ["MEAN 24H", "UP 30D", "FOR"];
/** Columns of the screen; what a longer message begins with says most. A log has more room, and is not wrapped. */
const leastRoom = 24;
const roomInLog = 40;

/**
 * In the order given; ends with a line that counts them. `now` is milliseconds since 1970; on a screen lines that are too long
 * would be wrapped.
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
  // What the server told of no monitor gets no head either.
  let told = columns.filter(({ cell }) => monitors.some((monitor) => cell(monitor) !== ""));
  const roomBeside = (shown: readonly Column[]): number =>
    width - Math.max(...tableOf(shown, monitors, () => "|").map((line) => columnsOf(line)));
  const wanted = Math.min(leastRoom, Math.max(...monitors.map(({ message }) => columnsOf(inert(message)))));
  for (const head of expendable) {
    if (isScreen && roomBeside(told) < wanted) told = told.filter((column) => column.head !== head);
  }
  const room = Math.max(isScreen ? leastRoom : roomInLog, roomBeside(told));
  const dimmed = told.map((column) => ({ ...column, head: style.dim(column.head) }));
  const message = (monitor: MonitorStatus | undefined): string =>
    monitor === undefined ? style.dim("MESSAGE") : shorten(inert(monitor.message), room, ellipsis);
  const counts = monitorStates.flatMap((state) => {
    const count = monitors.filter((monitor) => monitor.state === state).length;
    return count === 0 ? [] : [`${count} ${stateWords[state]}`];
  });
  const summary = `${plural(monitors.length, "monitor")}: ${joinWords(counts)}.`;
  return [...tableOf(dimmed, monitors, message), "", summary, ""].join("\n");
}

/** `last` gives the last cell of each row; of the heads for undefined. */
function tableOf(
  columns: readonly Column[],
  monitors: readonly MonitorStatus[],
  last: (monitor: MonitorStatus | undefined) => string,
): readonly string[] {
  return renderTable([
    [...columns.map(({ head }) => head), last(undefined)],
    ...monitors.map((monitor) => [...columns.map(({ cell }) => cell(monitor)), last(monitor)]),
  ]);
}

/** One line for a log: a monitor that says something else than before. `time` is ISO 8601. */
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

/** Never rounded up: what was down for a minute is not at 100%. */
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

/** How the wait for first heartbeats ended, in one line. */
export function renderWait(
  { up, total, ms }: { readonly up: number; readonly total: number; readonly ms: number },
  style: Style,
): string {
  const text = `${up} of ${total} new monitors are up after ${durationText(ms)}.`;
  return `${up === total ? style.green(text) : style.red(text)}\n`;
}
