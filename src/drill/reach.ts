/** Proves that the server reaches the listener, with a copy of its own. */
import { specFromWritten } from "../kinds/spec.ts";
import { http } from "../kinds/monitor-types/http.ts";
import { entityKey } from "../model/entity.ts";
import type { PlannedDrill } from "./planned-drill.ts";
import { removeCopy, startCopy, type DrillStage } from "./run-copy.ts";

/** Undefined when it does; otherwise the server's words. Throws KumaError. */
export async function whyUnreachable(stage: DrillStage): Promise<string | undefined> {
  const written = { name: "reach", type: "http", url: "http://127.0.0.1/", timeout: 10 };
  const drill: PlannedDrill = {
    key: entityKey("monitor", "reach"),
    name: "whether the server reaches this machine",
    monitorType: "http",
    told: "on-purpose",
    isSecret: false,
    spec: { ...specFromWritten(http, written), type: "http" },
    contact: "request",
    healthy: { type: "response", status: 200, body: "drill", contentType: "text/plain" },
    expect: "up",
    variants: [],
    total: 0,
    notes: [],
  };
  const { copy, beat } = await startCopy(stage, drill, undefined);
  const isReached = beat.status === "up" && (copy.slot?.served ?? 0) > 0;
  await removeCopy(stage, copy);
  return isReached ? undefined : beat.message;
}
