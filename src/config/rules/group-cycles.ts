import { isEntityKey, localKey, type EntityKey } from "../../model/entity.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import type { Json } from "../../model/json.ts";
import type { Relations } from "./relations.ts";
import type { ConfigRule } from "./rule.ts";

/**
 * No monitor may be inside itself. The server checks this only in part, and with a cycle it never finishes building its
 * lists (docs/upstream/uptime-kuma.md#groups).
 */
export const groupCycles: ConfigRule = {
  name: "group-cycles",
  checkAll({ entities, byKey }) {
    const done = new Set<EntityKey>();
    return entities.flatMap((start) => {
      const cycle = cycleFrom(start, byKey, done);
      return cycle === undefined ? [] : [cycleFinding(cycle)];
    });
  },
};

/** Undefined if the way up ends, or reaches a monitor that was visited before. */
function cycleFrom(
  start: DeclaredEntity,
  byKey: Relations["byKey"],
  done: Set<EntityKey>,
): readonly DeclaredEntity[] | undefined {
  const way: DeclaredEntity[] = [];
  let current: DeclaredEntity | undefined = start;
  while (current !== undefined && !done.has(current.key)) {
    done.add(current.key);
    way.push(current);
    const parent: Json = current.canonical["parent"] ?? null;
    current = isEntityKey(parent) ? byKey.get(parent) : undefined;
  }
  const from = current === undefined ? -1 : way.indexOf(current);
  return from === -1 ? undefined : way.slice(from);
}

function cycleFinding(cycle: readonly DeclaredEntity[]): ReturnType<typeof findingFor> {
  const [first] = cycle as readonly [DeclaredEntity, ...DeclaredEntity[]];
  const names = [...cycle, first].map(({ key }) => `"${localKey(key)}"`);
  const message =
    cycle.length === 1 ? `${names[0]} is its own parent` : `groups contain each other: ${names.join(" is in ")}`;
  return findingFor(first, { code: "KS1302", severity: "error", message, pointer: "/parent" });
}
