/** A bounded selection of variants that shows every side of a monitor. */
import { decisiveDeadBodies } from "../query/experiment/dead-bodies.ts";
import type { VariantGroup } from "../model/drilled-monitor.ts";
import type { PlannedVariant } from "./planned-drill.ts";
import { spread } from "./spread.ts";

/** Of a fault: the place that differs. */
export interface VariantCandidate extends PlannedVariant {
  readonly path?: string | undefined;
}

/** In the order in which each gets a turn. */
const groups: readonly VariantGroup[] = ["outside", "test", "dead", "fault", "harmless"];

/**
 * At most `most`: from each group in turn, the most telling first, the others spread over the group. The order of the
 * result is that of `candidates`.
 */
export function chooseVariants(candidates: readonly VariantCandidate[], most: number): readonly PlannedVariant[] {
  const queues = groups.map((group) => [...ordered(candidates.filter((one) => one.group === group))]);
  const chosen = new Set<VariantCandidate>();
  while (chosen.size < most && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const next = queue.shift();
      if (next !== undefined && chosen.size < most) chosen.add(next);
    }
  }
  return candidates.filter((one) => chosen.has(one)).map(({ path: _path, ...variant }) => variant);
}

/** Of outages, in the order in which they are given; of dead responses, what every proxy can answer comes first; of faults, those that the monitor sees and those that it does not in turn. */
function ordered(group: readonly VariantCandidate[]): readonly VariantCandidate[] {
  if (group[0]?.group === "outside") return group;
  const decisive = group.filter(({ name }) => decisiveDeadBodies.includes(name));
  const rest = spread(group.filter((one) => !decisive.includes(one)));
  const seen = onePerPath(rest.filter(({ expect }) => expect === "down"));
  const unseen = onePerPath(rest.filter(({ expect }) => expect === "up"));
  return [...decisive, ...inTurn(seen, unseen)];
}

/** Another fault in the same place comes after those in other places. */
function onePerPath(list: readonly VariantCandidate[]): readonly VariantCandidate[] {
  const paths = new Set<string>();
  const first = list.filter(({ path }) => path === undefined || (!paths.has(path) && paths.add(path)));
  return [...first, ...list.filter((one) => !first.includes(one))];
}

function inTurn<Item>(left: readonly Item[], right: readonly Item[]): readonly Item[] {
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, index) => [left[index], right[index]])
    .flat()
    .filter((item): item is Item => item !== undefined);
}

/** The first and the last item of a list have faults of one name: the second gets a number. */
export function withOwnNames(candidates: readonly VariantCandidate[]): readonly VariantCandidate[] {
  const seen = new Map<string, number>();
  return candidates.map((one) => {
    const count = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` };
  });
}
