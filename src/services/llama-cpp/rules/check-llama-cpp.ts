/** Mistakes in monitors of a llama-server (docs/upstream/services.md#llamacpp). */
import { pointerTo } from "../../../model/json.ts";
import { streamedReply } from "../../monitors/streamed-reply.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { answering, llamaCppRequests } from "./llama-cpp-requests.ts";

export function checkLlamaCpp(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  return llamaCppRequests(monitors, instances)
    .filter(({ route }) => answering.includes(route))
    .flatMap((request) =>
      streamedReply(request, "if-true").map((problem) => ({
        ...problem,
        pointer: pointerTo(request.key) + problem.pointer,
      })),
    );
}
