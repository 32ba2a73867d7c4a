/** Healthy answers of mcpo 0.0.20, shortened to what monitors ask. What a tool answers is not known. */
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import { mcpoRequests } from "../rules/mcpo-requests.ts";

export function mcpoSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    mcpoRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor({ route, method }: ServiceRequestOf): BuiltInSample | undefined {
  if (method !== "GET" || !route.endsWith("/openapi.json")) return undefined;
  if (route === "/openapi.json") {
    return { healthy: documentation("MCP OpenAPI Proxy", {}), broken: {}, hasOtherShapes: true };
  }
  return {
    healthy: documentation("mcp-time", { "/get_current_time": { post: { summary: "Get Current Time" } } }),
    broken: { "tool server that failed at the start": documentation("mcp-time", {}) },
    hasOtherShapes: true,
  };
}

function documentation(title: string, paths: object): string {
  return JSON.stringify({ openapi: "3.1.0", info: { title, version: "1.0" }, paths });
}
