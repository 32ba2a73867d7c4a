/** Healthy answers of Chroma 1.5.9. */
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import { chromaRequests } from "../rules/chroma-requests.ts";

export function chromaSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    chromaRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor({ route, method }: ServiceRequestOf): BuiltInSample | undefined {
  if (method === "POST") return route.endsWith("/query") ? found : undefined;
  if (method !== "GET") return undefined;
  if (route === "/api/v2/heartbeat") return { healthy: '{"nanosecond heartbeat":1795995925727421362}', broken: {} };
  if (route === "/api/v2/healthcheck") {
    return { healthy: '{"is_executor_ready":true,"is_log_client_ready":true}', broken: {} };
  }
  return route.endsWith("/collections_count") ? { healthy: "1", broken: { "no collection": "0" } } : undefined;
}

const found: BuiltInSample = {
  healthy: JSON.stringify({
    ids: [["a"]],
    embeddings: null,
    documents: [["one"]],
    uris: null,
    metadatas: [[{ k: 1 }]],
    distances: [[0]],
    include: ["documents", "metadatas", "distances"],
  }),
  broken: { "nothing found": JSON.stringify({ ids: [[]], embeddings: null, documents: [[]], distances: [[]] }) },
  hasOtherShapes: true,
};
