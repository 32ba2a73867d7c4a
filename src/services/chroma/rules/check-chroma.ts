/** Outages that monitors of a Chroma would miss (docs/upstream/services.md#chroma). */
import { pointerTo } from "../../../model/json.ts";
import { acceptsStatus, type ServiceRequestOf } from "../../monitors/asked-request.ts";
import { placeOf } from "../../monitors/place-of.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { chromaRequests } from "./chroma-requests.ts";

export function checkChroma(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  const all = chromaRequests(monitors, instances);
  return all.flatMap((request) =>
    [...oldPath(request), ...onlyAlive(request, all)].map((problem) => ({
      ...problem,
      pointer: pointerTo(request.key) + problem.pointer,
    })),
  );
}

function oldPath(request: ServiceRequestOf): readonly ServiceProblem[] {
  const { route } = request;
  if (!route.startsWith("/api/v1/") || acceptsStatus(request, 410)) return [];
  return [
    {
      code: "KS1820",
      severity: "warning",
      message: "Chroma answers 410 below /api/v1 since 1.0",
      pointer: placeOf(request, "url"),
      hint: `ask ${route.replace("/api/v1/", "/api/v2/")}`,
    },
  ];
}

const alive = ["/api/v2/heartbeat", "/api/v2/healthcheck", "/api/v2/version", "/api/v2/pre-flight-checks"];

/** A block is complete by itself. */
function onlyAlive(request: ServiceRequestOf, all: readonly ServiceRequestOf[]): readonly ServiceProblem[] {
  const { route, instance } = request;
  if (!alive.includes(route) || instance.written !== undefined) return [];
  if (all.some((other) => other.instance.url === instance.url && !alive.includes(other.route))) return [];
  return [
    {
      code: "KS1821",
      severity: "info",
      message: `Chroma's ${route} stays up when its database is gone or corrupt, or the disk is full`,
      pointer: placeOf(request, "url"),
      hint: "ask …/collections_count too, or search a collection; a block with type: chroma has all of it",
    },
  ];
}
