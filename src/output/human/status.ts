/** What monitors say, as a table. The words carry the state; the colours only help to find it. */
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { ageText, columnsOf, durationText, joinWords, plural, shorten } from "./layout.ts";
import { renderTable } from "./table.ts";

export const monitorStates = ["down", "none", "pending", "maintenance", "paused", "up"] as const;
/** `none`: no heartbeat yet. */
type MonitorState = (typeof monitorStates)[number];

export interface MonitorStatus {
  readonly key: string;
  readonly id: number;
  readonly name: string;
  readonly state: MonitorState;
  readonly message: string;
  /** Milliseconds, of the last check. */
  readonly ping?: number;
  /** Milliseconds, the mean of 24 hours. */
  readonly averagePing?: number;
  /** 0 to 1. */
  readonly uptime24h?: number;
  readonly uptime30d?: number;
  /** ISO 8601, UTC: the first check of this state; `isOlder`: or one before it, which the server did not tell. */
  readonly since?: { readonly time: string; readonly isOlder: boolean };
}

const heads = ["", "MONITOR", "KEY", "PING", "MEAN 24H", "UP 24H", "UP 30D", "FOR"];

/** In the order given; ends with a line that counts them. `now` is milliseconds since 1970. */
export function renderStatus(
  monitors: readonly MonitorStatus[],
  { style, width }: TextOptions,
  { now }: { readonly now: number },
): string {
  if (monitors.length === 0) return "No managed monitors.\n";
  const { ellipsis } = style.symbols;
  const rows = withoutEmptyColumns([
    heads.map((head) => style.dim(head)),
    ...monitors.map(({ state, name, ping, averagePing, uptime24h, uptime30d, since, key }) => [
      stateText(state, style),
      style.bold(shorten(inert(name), 40, ellipsis)),
      style.dim(inert(key)),
      pingText(ping),
      pingText(averagePing),
      percentText(uptime24h),
      percentText(uptime30d),
      since === undefined ? "" : `${since.isOlder ? ">" : ""}${ageText(now - Date.parse(since.time))}`,
    ]),
  ]);
  const taken = Math.max(...renderTable(rows.map((row) => [...row, "|"])).map((line) => columnsOf(line)));
  const room = Math.max(40, width - taken);
  const messages = [style.dim("MESSAGE"), ...monitors.map(({ message }) => shorten(inert(message), room, ellipsis))];
  const table = renderTable(rows.map((row, index) => [...row, messages[index] ?? ""]));
  const counts = monitorStates.flatMap((state) => {
    const count = monitors.filter((monitor) => monitor.state === state).length;
    return count === 0 ? [] : [`${count} ${stateWords[state]}`];
  });
  return [...table, "", `${plural(monitors.length, "monitor")}: ${joinWords(counts)}.`, ""].join("\n");
}

/** What the server told of no monitor gets no head either. The first row is the heads. */
function withoutEmptyColumns(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [, ...body] = rows;
  return rows.map((row) => row.filter((_, column) => body.some((cells) => cells[column] !== "")));
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
