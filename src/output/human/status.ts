/** What monitors say, as a table. The words carry the state; the colours only help to find it. */
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { durationText, joinWords, plural, shorten } from "./layout.ts";
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
  /** Milliseconds. */
  readonly ping?: number;
}

/** In the order given; ends with a line that counts them. */
export function renderStatus(monitors: readonly MonitorStatus[], { style, width }: TextOptions): string {
  if (monitors.length === 0) return "No managed monitors.\n";
  const room = Math.max(20, Math.floor(width / 2));
  const { ellipsis } = style.symbols;
  const rows = monitors.map(({ state, name, message, ping, key }) => [
    stateText(state, style),
    style.bold(shorten(inert(name), 40, ellipsis)),
    style.dim(inert(key)),
    ping === undefined ? "" : `${ping} ms`,
    shorten(inert(message), room, ellipsis),
  ]);
  const counts = monitorStates.flatMap((state) => {
    const count = monitors.filter((monitor) => monitor.state === state).length;
    return count === 0 ? [] : [`${count} ${stateWords[state]}`];
  });
  return [...renderTable(rows), "", `${plural(monitors.length, "monitor")}: ${joinWords(counts)}.`, ""].join("\n");
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
