/** Outages that monitors of an mcpo would miss (docs/upstream/services.md#mcpo). */
import { pointerTo } from "../../../model/json.ts";
import { placeOf } from "../../monitors/place-of.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { mcpoRequests } from "./mcpo-requests.ts";

/** A query for a tool in the documentation. */
const namesTool = /\bpaths\b.*(?:\/\w|["'`]\w)/u;

export function checkMcpo(monitors: WrittenMonitors, instances: readonly ServiceInstance[]): readonly ServiceProblem[] {
  const all = mcpoRequests(monitors, instances);
  return all.flatMap((request) => {
    const { key, route, expects, instance } = request;
    const server = /^(?<server>\/[^/]+)\/openapi\.json$/u.exec(route)?.groups?.["server"];
    if (server === undefined || !namesTool.test(expects)) return [];
    const isCalled = all.some(
      (other) => other.instance.url === instance.url && other.method === "POST" && other.route.startsWith(`${server}/`),
    );
    if (isCalled) return [];
    return [
      {
        code: "KS1822",
        severity: "info",
        message: "mcpo lists a tool as it was at the start, also when it cannot run any more",
        pointer: pointerTo(key) + placeOf(request, "url"),
        hint: `call a tool that changes nothing: POST ${server}/TOOL`,
      },
    ];
  });
}
