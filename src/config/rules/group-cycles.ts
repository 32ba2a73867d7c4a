import { isEntityKey, localKey, type EntityKey } from "../../model/entity.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import { writtenReferences } from "./references.ts";
import type { Rule } from "./rule.ts";

/**
 * No monitor is inside itself. The server checks this only in part, and a cycle makes it build its lists for ever
 * (docs/upstream/uptime-kuma.md#groups).
 */
export const groupCycles: Rule = {
  name: "group-cycles",
  check({ entities }) {
    const monitors = new Map(entities.filter(({ kind }) => kind === "monitor").map((entity) => [entity.key, entity]));
    const done = new Set<EntityKey>();
    return [...monitors.values()].flatMap((start) => {
      const cycle = cycleFrom(start, monitors, done);
      return cycle === undefined ? [] : [cycleFinding(cycle)];
    });
  },
};

/** Undefined when the way up ends, or leads to what was walked before. */
function cycleFrom(
  start: WrittenEntity,
  monitors: ReadonlyMap<EntityKey, WrittenEntity>,
  done: Set<EntityKey>,
): readonly WrittenEntity[] | undefined {
  const way: WrittenEntity[] = [];
  let current: WrittenEntity | undefined = start;
  while (current !== undefined && !done.has(current.key)) {
    done.add(current.key);
    way.push(current);
    const parent = parentOf(current);
    current = parent === undefined ? undefined : monitors.get(parent);
  }
  const from = current === undefined ? -1 : way.indexOf(current);
  return from === -1 ? undefined : way.slice(from);
}

function parentOf(entity: WrittenEntity): EntityKey | undefined {
  if (!Object.hasOwn(entity.written, "parent")) return undefined;
  const parent = writtenReferences(entity).find(({ pointer }) => pointer === "/parent")?.to;
  return isEntityKey(parent) ? parent : undefined;
}

function cycleFinding(cycle: readonly WrittenEntity[]): ReturnType<typeof findingFor> {
  const [first] = cycle as readonly [WrittenEntity, ...WrittenEntity[]];
  const names = [...cycle, first].map(({ key }) => `"${localKey(key)}"`);
  const message =
    cycle.length === 1 ? `${names[0]} is its own parent` : `groups contain each other: ${names.join(" is in ")}`;
  return findingFor(first, { code: "KS1302", severity: "error", message, pointer: "/parent" });
}
