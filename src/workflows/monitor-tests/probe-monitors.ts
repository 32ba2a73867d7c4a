/** The checks of `test --probe`: what each monitor would show now, from this machine. */
import type { DesiredEntity } from "../../model/entity.ts";
import type { ProbedMonitor } from "../../model/tested-monitor.ts";
import { probeAll } from "../../probe/probe-all.ts";
import { fetchAnswer, type ProbeOptions } from "../../probe/probe.ts";
import type { ProbeResult } from "../../probe/probe-result.ts";
import type { Sample } from "../../query/experiment/experiment-case.ts";

/**
 * Probes every monitor except groups, which check nothing themselves, in the order of `entities`. Monitors that cannot
 * be probed or are paused are returned as skipped.
 */
export async function probeMonitors(
  entities: readonly DesiredEntity[],
  options: ProbeOptions & { readonly onProgress: (text: string) => void },
): Promise<readonly ProbedMonitor[]> {
  const { onProgress, ...probeOptions } = options;
  const monitors = entities.filter(({ kind, spec }) => kind === "monitor" && spec["type"] !== "group");
  const active = monitors.filter(({ spec }) => spec["active"] !== false);
  let done = 0;
  onProgress(`probing ${active.length} monitors`);
  const results = await probeAll(active, probeOptions, () => {
    done++;
    onProgress(`probed ${done} of ${active.length} monitors`);
  });
  const byKey = new Map(active.map(({ key }, index) => [key, results[index] as ProbeResult]));
  return monitors.map((monitor) => describe(monitor, byKey.get(monitor.key) ?? paused));
}

const paused: ProbeResult = { status: "skipped", reason: "the monitor is paused" };

/** Sends one more request, so only for requests that cost and change nothing. The result must not be shown. */
export async function fetchSample(
  { spec }: DesiredEntity,
  options: Pick<ProbeOptions, "server" | "signal">,
): Promise<Sample | undefined> {
  if (spec["method"] !== "GET") return undefined;
  const answer = await fetchAnswer({ spec }, options);
  if (answer?.type !== "answered" || answer.response.isTooLarge === true) return undefined;
  const { body, contentType = "" } = answer.response;
  return { body, contentType };
}

function describe({ key, name }: DesiredEntity, result: ProbeResult): ProbedMonitor {
  if (result.status === "skipped") return { key, name, status: "skipped", message: result.reason, notes: [] };
  const { status, message, ms, httpStatus, body, notes } = result;
  return {
    key,
    name,
    status,
    message,
    ms: Math.round(ms),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(body === undefined ? {} : { body: body.text }),
    notes,
  };
}
