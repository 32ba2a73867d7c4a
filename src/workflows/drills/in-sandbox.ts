/** A drill on a throwaway server. */
import type { Config } from "../../config/config.ts";
import { startListener, type DrillListener } from "../../drill/listener.ts";
import { connect } from "../../kuma/connect.ts";
import type { DrilledMonitor } from "../../model/drilled-monitor.ts";
import type { Run } from "../../run/run.ts";
import { startAdministered, stopSandbox } from "../sandboxes/start-administered.ts";
import { drillOn, newDrillRun } from "./drill-on.ts";
import { asksForNames, planDrills, type DrillChoice } from "./plan-drills.ts";

export interface DrillRequest {
  readonly config: Config;
  readonly choice: DrillChoice;
  /** Milliseconds for all copies together. */
  readonly limitMs: number;
}

export interface Drilled {
  readonly monitors: readonly DrilledMonitor[];
  /** Of Uptime Kuma. */
  readonly version: string;
}

/** Nothing is left when it ends, whichever way. Throws MachineError, KumaError, or the signal's reason. */
export async function drillInSandbox(run: Run, { config, choice, limitMs }: DrillRequest): Promise<Drilled> {
  const { context } = run;
  const { sandbox, username, password } = await startAdministered(run, { via: "auto" });
  const listeners: DrillListener[] = [];
  const listen = async (hasDns = false): Promise<DrillListener> => {
    const place = { host: "127.0.0.1", port: 0, reachedAs: sandbox.loopback };
    const listener = await startListener({ ...place, hasDns, now: () => context.now() });
    listeners.push(listener);
    return listener;
  };
  try {
    const credentials = { type: "password", username, password } as const;
    const client = await connect({ url: sandbox.url, credentials, signal: context.signal });
    try {
      const { server } = client;
      const drills = await planDrills(run, { config, server, choice });
      const [listener, noticeListener] = [await listen(asksForNames(drills)), await listen()];
      const { project } = config;
      const own = { run: newDrillRun(), listener, noticeListener };
      const monitors = await drillOn(run, { client, project, drills, limitMs, ...own });
      return { monitors, version: server.version };
    } finally {
      await client.close();
    }
  } finally {
    await Promise.all(listeners.map((listener) => listener.end()));
    await stopSandbox(run, sandbox);
  }
}
