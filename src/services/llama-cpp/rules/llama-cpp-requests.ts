/** The monitors that ask a llama-server. */
import {
  addressBefore,
  allInstances,
  askedRequests,
  requestsTo,
  type ServiceRequestOf,
} from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { llamaCppSigns } from "../signs.ts";

/** Its question about a free slot has a name of its own; the port and the other paths are those of many services. */
export function llamaCppInstances(
  monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  const found = askedRequests(monitors).flatMap((request) =>
    request.search.includes("fail_on_no_slot") ? (addressBefore(request, llamaCppSigns.paths) ?? []) : [],
  );
  return allInstances(blocks, found);
}

export function llamaCppRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}

export const answering: readonly string[] = [
  "/v1/chat/completions",
  "/chat/completions",
  "/v1/completions",
  "/completion",
];
