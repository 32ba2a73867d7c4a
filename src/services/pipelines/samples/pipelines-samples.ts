/** Healthy answers of a Pipelines server. */
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import { openAiCompletionSample, quotedIn } from "../../monitors/openai-samples.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import { answeringPipelines, pipelinesRequests } from "../rules/pipelines-requests.ts";

export function pipelinesSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    pipelinesRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor(request: ServiceRequestOf): BuiltInSample | undefined {
  const { route, method, expects } = request;
  if (answeringPipelines.includes(route)) return openAiCompletionSample(request);
  if (method !== "GET") return undefined;
  if (route === "" || route === "/v1") return { healthy: '{"status":true}', broken: {} };
  if (route !== "/v1/models") return undefined;
  const data = quotedIn(expects).map((id) => ({
    id,
    name: id,
    object: "model",
    created: 1_795_997_450,
    owned_by: "openai",
    pipeline: { type: "pipe", valves: false },
  }));
  return { healthy: JSON.stringify({ data, object: "list", pipelines: true }), broken: {} };
}
