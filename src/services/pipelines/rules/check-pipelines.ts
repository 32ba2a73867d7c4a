/** Outages that monitors of a Pipelines server would miss (docs/upstream/services.md#pipelines). */
import { pointerTo } from "../../../model/json.ts";
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import { placeOf } from "../../monitors/place-of.ts";
import { streamedReply } from "../../monitors/streamed-reply.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { answeringPipelines, pipelinesRequests } from "./pipelines-requests.ts";

export function checkPipelines(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  const all = pipelinesRequests(monitors, instances);
  return all.flatMap((request) =>
    [
      ...onlyAlive(request, all),
      ...(answeringPipelines.includes(request.route) ? streamedReply(request, "if-true") : []),
    ].map((problem) => ({ ...problem, pointer: pointerTo(request.key) + problem.pointer })),
  );
}

const alive = ["", "/v1"];

function onlyAlive(request: ServiceRequestOf, all: readonly ServiceRequestOf[]): readonly ServiceProblem[] {
  const { route, instance } = request;
  if (!alive.includes(route) || instance.written !== undefined) return [];
  if (all.some((other) => other.instance.url === instance.url && !alive.includes(other.route))) return [];
  return [
    {
      code: "KS1821",
      severity: "info",
      message: "this answer of Pipelines is a constant: it stays up when every module has failed",
      pointer: placeOf(request, "url"),
      hint: "ask /v1/models for a module too; a block with type: pipelines has all of it",
    },
  ];
}
