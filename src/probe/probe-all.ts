/** Runs many probes at once, but few against the same host, so that probing does not overload a service. */
import { canonicalText, type JsonObject } from "../model/json.ts";
import { probe, type ProbeOptions, type MonitorToProbe } from "./probe.ts";
import type { ProbeResult } from "./probe-result.ts";

export interface ProbeAllOptions extends ProbeOptions {
  /** Maximum number of running probes. Default: 10. */
  readonly concurrency?: number;
  /** Maximum number for the same host and port. Default: 2. */
  readonly perHost?: number;
}

/**
 * Calls `onResult` after each probe and returns the results in the order of `monitors`. Rejects only with the reason of
 * `signal`, after the running probes have ended.
 */
export async function probeAll<Monitor extends MonitorToProbe>(
  monitors: readonly Monitor[],
  options: ProbeAllOptions,
  onResult?: (monitor: Monitor, result: ProbeResult) => void,
): Promise<readonly ProbeResult[]> {
  const { concurrency = 10, perHost = 2, signal } = options;
  const results: ProbeResult[] = [];
  const waiting = monitors.map((monitor, index) => ({ monitor, index, host: hostOf(monitor.spec) }));
  const atHost = new Map<string, number>();

  async function work(): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      // Each finished probe frees a slot of its host and starts the next, so no probe is left waiting.
      const next = waiting.findIndex(({ host }) => (atHost.get(host) ?? 0) < perHost);
      const [task] = next === -1 ? [] : waiting.splice(next, 1);
      if (task === undefined) return;
      atHost.set(task.host, (atHost.get(task.host) ?? 0) + 1);
      try {
        const result = await probe(task.monitor, options);
        results[task.index] = result;
        onResult?.(task.monitor, result);
      } finally {
        atHost.set(task.host, (atHost.get(task.host) ?? 0) - 1);
      }
    }
  }

  const workers = Array.from({ length: Math.min(concurrency, monitors.length) }, work);
  const failure = (await Promise.allSettled(workers)).find((worker) => worker.status === "rejected");
  if (failure !== undefined) throw failure.reason;
  return results;
}

/** Host and port, so that two services on one machine do not wait for each other. */
function hostOf(spec: JsonObject): string {
  const { url, hostname, port, dnsResolveServer } = spec;
  if (typeof url === "string" && URL.canParse(url)) return new URL(url).host;
  if (typeof dnsResolveServer === "string") return dnsResolveServer;
  return canonicalText([hostname ?? null, port ?? null]);
}
