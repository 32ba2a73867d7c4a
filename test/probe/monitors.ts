import { monitor } from "../../src/kinds/monitor.ts";
import { sensitivePointers, specFromWritten } from "../../src/kinds/spec.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { MonitorToProbe } from "../../src/probe/probe.ts";

/** A monitor as the planner would hold it, from what could stand in YAML. */
export function monitorOf(written: JsonObject & { readonly type: string }): MonitorToProbe {
  const variant = monitor.variant(written.type);
  if (variant === undefined) throw new Error(`no monitor type ${written.type}`);
  const spec = specFromWritten(variant, { name: "m", timeout: 5, ...written });
  return { spec, sensitive: sensitivePointers(variant, spec) };
}
