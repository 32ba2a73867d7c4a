/** Healthy answers of llama-server, build 11434, shortened to what monitors ask. */
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import { openAiCompletionSample, quotedIn } from "../../monitors/openai-samples.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import { answering, llamaCppRequests } from "../rules/llama-cpp-requests.ts";

export function llamaCppSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    llamaCppRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor(request: ServiceRequestOf): BuiltInSample | undefined {
  const { route, method, expects } = request;
  if (answering.includes(route)) return openAiCompletionSample(request);
  if (method !== "GET") return undefined;
  if (route === "/health") return { healthy: JSON.stringify({ status: "ok" }), broken: {} };
  if (route === "/slots") {
    return { healthy: JSON.stringify([{ id: 0, n_ctx: 512, is_processing: false }]), broken: {}, hasOtherShapes: true };
  }
  if (route !== "/v1/models") return undefined;
  const data = quotedIn(expects).map((id) => ({ id, object: "model", owned_by: "llamacpp", created: 1_795_996_905 }));
  return { healthy: JSON.stringify({ data, object: "list" }), broken: {} };
}
