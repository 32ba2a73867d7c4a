/**
 * Turns the block of a service into ordinary monitors, which a user could also write under `monitors:`, in a group of
 * their own. Pure: it sends no requests.
 */
import { pointerTo, type JsonObject, type JsonPointer } from "../../model/json.ts";
import type { ServiceProblem } from "../problem.ts";
import type { Service } from "../service.ts";
import { applyOverrides, groupKey, unusedOverrides } from "./apply-overrides.ts";
import { commonProperties, type CommonKeys } from "./common-keys.ts";
import type { MadeMonitor } from "./made-monitor.ts";

export interface ExpandedMonitor {
  /** As a user would write it under `monitors:`. */
  readonly written: JsonObject;
  /** Where a place in `written` comes from, as a pointer into the block; `""` stands for the monitor as a whole. */
  readonly origins: Readonly<Record<JsonPointer, JsonPointer>>;
}

export interface ExpandedBlock {
  /** By key, which starts with the key of the block: `main`, `main.health`, `main.model.gpt-4o`. */
  readonly monitors: Readonly<Record<string, ExpandedMonitor>>;
  /** Pointers go into the block. */
  readonly problems: readonly ServiceProblem[];
}

/** JSON Schema 2020-12 of a block, without `type`. */
export function blockSchema({ block }: Pick<Service, "block">): JsonObject {
  const { properties, required } = block;
  return {
    type: "object",
    required: [...required],
    additionalProperties: false,
    properties: { ...properties, ...commonProperties },
  };
}

/** `written` must be valid by `blockSchema`. */
export function expandBlock({ block }: Pick<Service, "block">, key: string, written: JsonObject): ExpandedBlock {
  const { name, monitors, problems } = block.make(key, written);
  const common: CommonKeys = written;
  const { overrides = {} } = common;
  const group = { key: groupKey, written: { name, type: "group" }, origins: { "/name": "/name" } };
  const all = [withCommon(group, common), ...monitors.map((monitor) => withCommon(monitor, common))];
  const kept = all.flatMap((monitor) => applyOverrides(monitor, overrides) ?? []);
  const hasGroup = kept.some((monitor) => monitor.key === groupKey);
  const keys = all.map((monitor) => monitor.key);
  return {
    monitors: Object.fromEntries(kept.map((monitor) => located(key, monitor, hasGroup))),
    problems: [...problems, ...unusedOverrides(keys, overrides).map((pattern) => unusedOverride(pattern, keys))],
  };
}

/** The keys of the block that monitors have too. */
function withCommon({ key, written, origins }: MadeMonitor, { notifications, tags, use }: CommonKeys): MadeMonitor {
  const isGroup = key === groupKey;
  const given = Object.entries({ ...(isGroup ? {} : { use, notifications }), tags }).filter(
    ([, value]) => value !== undefined,
  );
  const places = given.map(([name]) => [pointerTo(name), pointerTo(name)]);
  return {
    key,
    written: { ...(Object.fromEntries(given) as JsonObject), ...written },
    origins: { ...(Object.fromEntries(places) as MadeMonitor["origins"]), ...origins },
  };
}

function located(key: string, monitor: MadeMonitor, hasGroup: boolean): [string, ExpandedMonitor] {
  const isGroup = monitor.key === groupKey;
  return [
    isGroup ? key : `${key}.${monitor.key}`,
    {
      // Values of an override win here too.
      written: { ...(isGroup || !hasGroup ? {} : { parent: key }), ...monitor.written },
      origins: { "": "", ...monitor.origins },
    },
  ];
}

function unusedOverride(pattern: string, keys: readonly string[]): ServiceProblem {
  return {
    code: "KS1706",
    severity: "error",
    message: `no monitor of this block is "${pattern}"`,
    pointer: pointerTo("overrides", pattern),
    hint: `its monitors are ${keys.join(", ")}`,
  };
}
