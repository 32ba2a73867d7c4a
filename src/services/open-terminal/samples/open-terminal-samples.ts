/** Healthy answers of Open Terminal 0.14.5. */
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import { openTerminalRequests } from "../rules/open-terminal-requests.ts";

export function openTerminalSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    openTerminalRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor({ route, method, body, search }: ServiceRequestOf): BuiltInSample | undefined {
  if (route === "/health" && method === "GET") return { healthy: '{"status":"ok"}', broken: {} };
  if (route === "/files/cwd" && method === "GET") {
    return {
      healthy: JSON.stringify({ cwd: "/srv/work", home: "/srv/work", root: { path: "/srv/work" } }),
      broken: {},
    };
  }
  if (route !== "/execute" || body?.["command"] !== "echo HEALTHY" || !search.includes("wait=")) return undefined;
  return {
    healthy: JSON.stringify(ended({})),
    broken: {
      "command that failed": JSON.stringify(ended({ exit_code: 3, output: [] })),
      "command that still runs": JSON.stringify(ended({ status: "running", exit_code: null, output: [] })),
    },
    hasOtherShapes: true,
  };
}

function ended(changes: object): object {
  return {
    id: "20261130-000357-ec417e",
    command: "echo HEALTHY",
    cwd: "/srv/work",
    status: "done",
    exit_code: 0,
    log_path: "/home/user/.local/state/open-terminal/logs/processes/20261130-000357-ec417e.jsonl",
    output: [{ type: "output", data: "HEALTHY\r\n" }],
    next_offset: 1,
    truncated: false,
    ...changes,
  };
}
