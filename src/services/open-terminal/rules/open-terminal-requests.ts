/** The monitors that ask an Open Terminal. */
import {
  addressBefore,
  allInstances,
  askedRequests,
  requestsTo,
  type ServiceRequestOf,
} from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { openTerminalSigns } from "../signs.ts";

export function openTerminalInstances(
  monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  const found = askedRequests(monitors).flatMap((request) => addressBefore(request, openTerminalSigns.paths) ?? []);
  return allInstances(blocks, found);
}

export function openTerminalRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}
