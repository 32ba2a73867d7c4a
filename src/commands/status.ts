/** `status`: what the managed monitors say now. */
import { kinds } from "../kinds/index.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { observe } from "../kuma/observe.ts";
import { entityKey, type KindName, type ObservedEntity } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import type { Heartbeat, KumaReader } from "../model/kuma-client.ts";
import { monitorStates, renderStatus, type MonitorStatus } from "../output/human/status.ts";
import { createDocument, type StatusBody } from "../output/json.ts";
import { readConfiguration, refuseInvalid } from "./configuration.ts";
import { readConnection } from "./connection.ts";
import { untilAborted, type Context } from "./context.ts";
import type { ConfigFlags, OutputFlags, ServerFlags } from "./flags.ts";
import { createTerminal } from "./terminal.ts";

export type StatusFlags = ConfigFlags & OutputFlags & ServerFlags;

/** How long the server may take to push the newest heartbeats after the lists; a new monitor may have none. */
const heartbeatsLimitMs = 5000;

export async function runStatus(context: Context, flags: StatusFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const config = await readConfiguration(flags, context);
  if (hasErrors(config.findings)) return refuseInvalid(config, config.findings, terminal);

  const reader = await connectReadOnly(await readConnection(flags, context, terminal));
  try {
    const scope = { fresh: false, project: config.project, needed: new Set<KindName>() };
    const { entities, server } = await untilAborted(observe(reader, kinds, scope), context.signal);
    const managed = entities.filter(({ kind, owner }) => kind === "monitor" && owner?.project === config.project);
    const beating = managed.filter((monitor) => !isPaused(monitor)).map(({ id }) => id);
    await untilAborted(untilSeen(reader, beating), context.signal);
    const monitors = managed
      .map((monitor) => statusOf(monitor, reader.heartbeats.get(monitor.id)))
      .toSorted((left, right) => monitorStates.indexOf(left.state) - monitorStates.indexOf(right.state));
    const outcome: Outcome = monitors.some(({ state }) => state === "down") ? { type: "not-up" } : { type: "done" };
    const body: StatusBody = {
      project: config.project,
      server: { url: server.url, version: server.version },
      monitors,
    };
    terminal.print(renderStatus(monitors, terminal.out));
    terminal.printDocument(createDocument("status", outcome, body));
    return outcome;
  } finally {
    terminal.clearStatus();
    await reader.close();
  }
}

/** Resolves when each of the monitors has had a heartbeat, or when the server had time enough to send them. */
function untilSeen(reader: KumaReader, ids: readonly number[]): Promise<void> {
  return new Promise((resolve) => {
    const isComplete = (): boolean => ids.every((id) => reader.heartbeats.has(id));
    const finish = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = reader.onHeartbeat(() => {
      if (isComplete()) finish();
    });
    const timer = setTimeout(finish, heartbeatsLimitMs);
    if (isComplete()) finish();
  });
}

const stateNames = ["down", "up", "pending", "maintenance"] as const;

function statusOf(monitor: ObservedEntity, beat: Heartbeat | undefined): MonitorStatus {
  const base = { key: entityKey("monitor", monitor.owner?.key ?? ""), id: monitor.id, name: monitor.name };
  if (isPaused(monitor)) return { ...base, state: "paused", message: "" };
  if (beat === undefined) return { ...base, state: "none", message: "" };
  return {
    ...base,
    state: stateNames[beat.status],
    message: beat.message,
    ...(beat.ping === undefined ? {} : { ping: beat.ping }),
  };
}

/** 1.23 sends a number, 2.x a boolean. */
function isPaused({ row }: ObservedEntity): boolean {
  return row["active"] === false || row["active"] === 0;
}
