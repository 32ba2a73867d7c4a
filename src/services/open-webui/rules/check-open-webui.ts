/** What monitors of an Open WebUI cannot see, and what about them cannot work there: said before they are on a server. */
import { pointerTo, type JsonObject } from "../../../model/json.ts";
import { askedMonitors, type OpenWebUIInstance } from "./asked-monitor.ts";
import type { OpenWebUIProblem } from "../problem.ts";
import { completionRules } from "./completion-rules.ts";
import { modelRules } from "./model-rules.ts";
import { requestRules } from "./request-rules.ts";

export interface CheckOptions {
  /**
   * The instances that are known, from `openWebUI` blocks or a probe. A monitor that asks for a path which only Open WebUI
   * has gives away another.
   */
  readonly instances?: readonly OpenWebUIInstance[];
  /** The release of instances that do not tell theirs. Without it, rules of single releases are silent. */
  readonly version?: string | undefined;
}

/** Pointers go into `monitors`, which are as written, preset or not. An error is something that can never be up. */
export function checkOpenWebUI(
  monitors: Readonly<Record<string, JsonObject>>,
  { instances = [], version }: CheckOptions = {},
): readonly OpenWebUIProblem[] {
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
