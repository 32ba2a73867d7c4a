/** The monitors that ask a LiteLLM. */
import {
  addressBefore,
  allInstances,
  askedRequests,
  hostAddress,
  requestsTo,
  type AskedRequest,
  type ServiceRequestOf,
} from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { litellmSigns } from "../signs.ts";

/** Other services have some of these too, so only at the usual port or at a host of that name. */
const usualPaths = ["/health", "/health/readiness", "/v1/models", "/v1/chat/completions", "/chat/completions"];

export function litellmInstances(
  monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  const found = askedRequests(monitors).flatMap((request) => {
    const address = addressBefore(request, litellmSigns.paths);
    if (address !== undefined) return [address];
    if (/\b(?:un)?healthy_(?:count|endpoints)\b/u.test(request.expects))
      return addressBefore(request, ["/health"]) ?? [];
    return isNamed(request) && usualPaths.includes(request.path) ? [hostAddress(request)] : [];
  });
  return allInstances(blocks, found);
}

/** Port 4000 alone is no proof: other services for models have it too. */
function isNamed({ host, port, path, written }: AskedRequest): boolean {
  if (/(?:^|[.-])litellm(?:[.-]|$)/u.test(host)) return true;
  const { name } = written;
  const isCalled = typeof name === "string" && /\blitellm\b/iu.test(name);
  return port === 4000 && (isCalled || path === "/health/readiness");
}

export function litellmRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}

export const completing: readonly string[] = ["/v1/chat/completions", "/chat/completions", "/v1/completions"];

/** Whether an up of the request proves that a provider works. */
export function asksProvider({ route, search }: ServiceRequestOf): boolean {
  return completing.includes(route) || (route === "/health" && /(?:^|&)model=./u.test(search));
}
