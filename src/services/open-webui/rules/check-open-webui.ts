/** Finds outages that monitors of an Open WebUI would miss, and mistakes that keep them down. */
import { pointerTo, type JsonObject } from "../../../model/json.ts";
import { askedMonitors, type OpenWebUIInstance } from "./asked-monitor.ts";
import type { ServiceProblem } from "../../problem.ts";
import { completionRules } from "./completion-rules.ts";
import { modelRules } from "./model-rules.ts";
import { requestRules } from "./request-rules.ts";

export interface CheckOptions {
  /**
   * The known instances, from `openWebUI` blocks or a probe. Others are recognised by paths that only Open WebUI has.
   */
  readonly instances?: readonly OpenWebUIInstance[];
  /** The release of instances without a known one. Without it, rules about single releases report nothing. */
  readonly version?: string | undefined;
}

/**
 * `monitors` are as written, from a block or by hand; pointers go into them. An error means that the monitor can never
 * be up.
 */
export function checkOpenWebUI(
  monitors: Readonly<Record<string, JsonObject>>,
  { instances = [], version }: CheckOptions = {},
): readonly ServiceProblem[] {
  const all = askedMonitors(monitors, instances).map((monitor) => ({
    ...monitor,
    instance: { ...monitor.instance, version: monitor.instance.version ?? version },
  }));
  return all.flatMap((monitor) =>
    [...requestRules, ...modelRules, ...completionRules]
      .flatMap((rule) => rule(monitor, { all }))
      .map((problem) => ({ ...problem, pointer: pointerTo(monitor.key) + problem.pointer })),
  );
}
