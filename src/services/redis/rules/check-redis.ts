/** Outages that monitors of a Redis would miss (docs/upstream/services.md#redis). */
import { pointerTo, type JsonObject } from "../../../model/json.ts";
import { plainAddress } from "../../blocks/connection-string.ts";
import { placeOf } from "../../monitors/place-of.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";

export function checkRedis(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  return Object.entries(monitors).flatMap(([key, written]) => {
    const { type, databaseConnectionString: text } = written;
    if (type !== "redis" || typeof text !== "string") return [];
    // The page of the block says it.
    if (instances.some(({ url }) => url === plainAddress(text))) return [];
    if (Object.values(monitors).some((other) => isBeside(written, other))) return [];
    return [
      {
        code: "KS1826",
        severity: "info",
        message: "nothing here sees a Redis that hangs or whose memory is full: its PING has no time limit",
        pointer: pointerTo(key) + placeOf({ written }, "databaseConnectionString"),
        hint: "put a monitor into the same group that asks what uses it, by HTTP and with a timeout",
        quotesNothing: true,
      },
    ];
  });
}

/** Types that give up after their `timeout`, and ask for an answer of what uses the Redis; or that are told by it. */
const limited = ["http", "keyword", "json-query", "grpc-keyword", "push", "real-browser"];

/** Whether it is in the same group, where people put what belongs together. */
function isBeside({ parent }: JsonObject, other: JsonObject): boolean {
  const { type } = other;
  return parent !== undefined && parent !== null && other["parent"] === parent && limited.some((one) => one === type);
}
