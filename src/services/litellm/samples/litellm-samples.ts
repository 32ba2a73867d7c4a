/** Healthy answers of LiteLLM 1.108.7, shortened to what monitors ask. */
import { openAiCompletionSample, quotedIn } from "../../monitors/openai-samples.ts";
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import { completing, litellmRequests } from "../rules/litellm-requests.ts";

export function litellmSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    litellmRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor(request: ServiceRequestOf): BuiltInSample | undefined {
  const { route, method, expects } = request;
  if (completing.includes(route)) return openAiCompletionSample(request);
  if (method !== "GET") return undefined;
  switch (route) {
    case "/health/readiness":
      return { healthy: JSON.stringify({ status: "healthy", db: "Not connected" }), broken: {}, hasOtherShapes: true };
    case "/v1/models":
    case "/models": {
      const data = quotedIn(expects).map((id) => ({ id, object: "model", created: 1_677_610_602, owned_by: "openai" }));
      return { healthy: JSON.stringify({ data, object: "list" }), broken: {} };
    }
    case "/health":
      return {
        healthy: JSON.stringify(health([endpoint], [])),
        broken: { "every model dead": JSON.stringify(health([], [endpoint])) },
        hasOtherShapes: true,
      };
    default:
      return undefined;
  }
}

const endpoint = { api_base: "http://provider.example:8000/v1", model: "openai/gpt-4o-mini" } as const;

function health(healthy: readonly object[], unhealthy: readonly object[]): object {
  return {
    healthy_endpoints: healthy,
    unhealthy_endpoints: unhealthy,
    healthy_count: healthy.length,
    unhealthy_count: unhealthy.length,
  };
}
