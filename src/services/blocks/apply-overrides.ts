/** Overrides for the monitors of a block: by exact key, or by a pattern with `*`. */
import { isJsonObject, pointerTo, type JsonObject } from "../../model/json.ts";
import { matchesPattern } from "../../model/pattern.ts";
import type { CommonKeys } from "./common-keys.ts";
import type { MadeMonitor } from "./made-monitor.ts";

type Overrides = NonNullable<CommonKeys["overrides"]>;

/** The key of the group. `*` alone does not match it, because a group lacks most fields of other monitors. */
export const groupKey = "group";

/** Undefined if the monitor is left out. For each field, the more exact override wins. */
export function applyOverrides(monitor: MadeMonitor, overrides: Overrides): MadeMonitor | undefined {
  let { written, origins } = monitor;
  let isLeftOut = false;
  for (const [pattern, override] of matching(monitor.key, overrides)) {
    isLeftOut = override === false;
    if (override === false) continue;
    written = { ...written, ...override, ...joinedHeaders(written, override) };
    const places = Object.keys(override).map((field) => [pointerTo(field), pointerTo("overrides", pattern, field)]);
    origins = { ...origins, ...(Object.fromEntries(places) as MadeMonitor["origins"]) };
  }
  return isLeftOut ? undefined : { ...monitor, written, origins };
}

/** Overrides that match no monitor, for example because their model is not listed. */
export function unusedOverrides(keys: readonly string[], overrides: Overrides): readonly string[] {
  return Object.keys(overrides).filter((pattern) => !keys.some((key) => matches(pattern, key)));
}

/** Ordered from the widest to the most exact. */
function matching(key: string, overrides: Overrides): readonly (readonly [string, Overrides[string]])[] {
  return Object.entries(overrides)
    .filter(([pattern]) => matches(pattern, key))
    .toSorted(([left], [right]) => left.length - right.length);
}

function matches(pattern: string, key: string): boolean {
  return pattern === key || (key !== groupKey && matchesPattern(key, pattern));
}

const typesWithHeaders = ["json-query", "keyword", "http"];

/** Headers that a proxy needs are added to those with the key, and do not replace them; the Accept header stays too. */
function joinedHeaders(written: JsonObject, override: JsonObject): JsonObject {
  const { headers } = override;
  if (!isJsonObject(headers) || !typesWithHeaders.some((type) => type === written["type"])) return {};
  const own = isJsonObject(written["headers"]) ? written["headers"] : {};
  const isAsked = Object.keys({ ...own, ...headers }).some((name) => name.toLowerCase() === "accept");
  return { headers: { ...(isAsked ? {} : { Accept: "application/json" }), ...own, ...headers } };
}
