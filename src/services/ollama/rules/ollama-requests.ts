/** The monitors that ask an Ollama. */
import {
  addressBefore,
  allInstances,
  askedRequests,
  hostAddress,
  requestsTo,
  type ServiceRequestOf,
} from "../../monitors/asked-request.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { ollamaSigns } from "../signs.ts";

/** Open WebUI passes requests on to its Ollama below this path; what it answers is its own. */
const passedOn = /\/ollama$/u;

export function ollamaInstances(
  monitors: WrittenMonitors,
  blocks: readonly ServiceInstance[],
): readonly ServiceInstance[] {
  const found = askedRequests(monitors).flatMap((request) => {
    if (request.port === ollamaSigns.ports[0] && request.host !== "") return [hostAddress(request)];
    const address = addressBefore(request, ollamaSigns.paths);
    return address === undefined || passedOn.test(address) ? [] : [address];
  });
  return allInstances(blocks, found);
}

/** By path below the address. */
export function ollamaRequests(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceRequestOf[] {
  return requestsTo(instances, askedRequests(monitors));
}

/** Paths that make a model answer, in the order of Ollama's own and OpenAI's form. */
export const generating: readonly string[] = ["/api/chat", "/api/generate", "/v1/chat/completions", "/v1/completions"];

/** Whether the request proves something of a model's weights: it asks the model, or opens them. */
export function opensWeights({ route, method }: ServiceRequestOf): boolean {
  return method === "POST" && (route === "/api/show" || route === "/api/embed" || generating.includes(route));
}
