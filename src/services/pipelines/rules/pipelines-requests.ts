/** The monitors that ask a Pipelines server. */
import {
  addressBefore,
  allInstances,
  askedRequests,
  hostAddress,
  requestsTo,
  type ServiceRequestOf,
} from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { pipelinesSigns } from "../signs.ts";

/** Its port is its own; a monitor that looks for `pipelines` in the list is about it too. */
export function pipelinesInstances(
  monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  const found = askedRequests(monitors).flatMap((request) => {
    const address = addressBefore(request, pipelinesSigns.paths);
    if (address !== undefined) return [address];
    const isNamed = /(?:^|[.-])pipelines(?:[.-]|$)/u.test(request.host);
    return isNamed && request.port === 9099 ? [hostAddress(request)] : [];
  });
  return allInstances(blocks, found);
}

export function pipelinesRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}

export const answeringPipelines: readonly string[] = ["/v1/chat/completions", "/chat/completions"];
