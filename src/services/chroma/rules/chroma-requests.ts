/** The monitors that ask a Chroma. */
import {
  addressBefore,
  allInstances,
  askedRequests,
  requestsTo,
  type ServiceRequestOf,
} from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { chromaSigns } from "../signs.ts";

export function chromaInstances(
  monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  const found = askedRequests(monitors).flatMap((request) => {
    const address = addressBefore(request, chromaSigns.paths);
    return address === undefined ? [] : [address.replace(/\/api\/v\d\/tenants\/.*$/u, "")];
  });
  return allInstances(blocks, found);
}

export function chromaRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}
