import { isJsonObject, pointerTo, type Json, type JsonPointer } from "../../../model/json.ts";
import type { AskedMonitor } from "./asked-monitor.ts";
import type { ServiceProblem } from "../../problem.ts";

export interface RuleContext {
  /** All monitors that ask an Open WebUI. */
  readonly all: readonly AskedMonitor[];
}

/** Finds the problems of one monitor; pointers are relative to it. */
export type MonitorRule = (monitor: AskedMonitor, context: RuleContext) => readonly ServiceProblem[];

/**
 * The place of a field, or the nearest written place around it: a body may be text, and a method may have its default.
 */
export function placeOf({ written }: AskedMonitor, ...path: readonly string[]): JsonPointer {
  const found: string[] = [];
  let value: Json | undefined = written;
  for (const part of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, part)) break;
    found.push(part);
    value = value[part];
  }
  return pointerTo(...found);
}
