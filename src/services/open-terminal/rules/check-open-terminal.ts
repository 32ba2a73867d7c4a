/** Outages that monitors of an Open Terminal would miss (docs/upstream/services.md#open-terminal). */
import { pointerTo } from "../../../model/json.ts";
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import { placeOf } from "../../monitors/place-of.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { openTerminalRequests } from "./open-terminal-requests.ts";

export function checkOpenTerminal(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  return openTerminalRequests(monitors, instances)
    .filter(({ route, method }) => route === "/execute" && method === "POST")
    .flatMap((request) =>
      commandProblems(request).map((problem) => ({ ...problem, pointer: pointerTo(request.key) + problem.pointer })),
    );
}

function commandProblems(request: ServiceRequestOf): readonly ServiceProblem[] {
  const { search, type, expects } = request;
  if (!/(?:^|&)wait=/u.test(search)) {
    return [
      {
        code: "KS1823",
        severity: "warning",
        message: "Open Terminal answers before the command has run",
        pointer: placeOf(request, "url"),
        hint: "ask /execute?wait=5 and expect status = 'done' and exit_code = 0",
      },
    ];
  }
  if (type !== "http" && /exit_code|output|HEALTHY/u.test(expects)) return [];
  return [
    {
      code: "KS1823",
      severity: "warning",
      message: "Open Terminal answers 200 for a command that fails",
      pointer: placeOf(request, type === "json-query" ? "jsonPath" : "url"),
      hint: "expect status = 'done' and exit_code = 0",
    },
  ];
}
