/** The monitors that ask an mcpo: those of its blocks, because nothing in an address shows that it is one. */
import { allInstances, askedRequests, requestsTo, type ServiceRequestOf } from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";

export function mcpoInstances(
  _monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  return allInstances(blocks, []);
}

export function mcpoRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}
