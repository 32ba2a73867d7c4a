import type { AskedMonitor } from "./asked-monitor.ts";
import type { ServiceProblem } from "../../problem.ts";

export interface RuleContext {
  /** All monitors that ask an Open WebUI. */
  readonly all: readonly AskedMonitor[];
}

/** Finds the problems of one monitor; pointers are relative to it. */
export type MonitorRule = (monitor: AskedMonitor, context: RuleContext) => readonly ServiceProblem[];
