/** From the blocks of services to one block for each service, like `expandBlocks`. */
import { entityKey, localKey, type EntityKey, type LoopKeys } from "../../model/entity.ts";
import type { ServiceBlockPlace } from "../sections/envelope.ts";
import { childPlace } from "../source/child-place.ts";
import { enabledKey, type LoopRow } from "../values/loop-row.ts";
import type { ReadContext } from "../values/read-value.ts";
import { blockWithout } from "./block-without.ts";
import { repeatedKeys } from "./repeated-keys.ts";
import { conditionAt } from "./condition.ts";
import { expandLoop, keyPatternOf, type Loop } from "./expand-loop.ts";
import type { LeftOut } from "./left-out.ts";
import type { RowsInput } from "./read-rows.ts";

/** The block of one service. */
export interface DeclaredServiceBlock extends Omit<ServiceBlockPlace, "isLoop"> {
  /** Of a loop, the key in the file. */
  readonly writtenKey?: string;
  readonly row?: LoopRow;
  readonly context: ReadContext;
}

export interface ExpandedServices {
  readonly blocks: readonly DeclaredServiceBlock[];
  readonly loops: readonly Loop[];
  /** By the key of the service's group. */
  readonly leftOut: ReadonlyMap<EntityKey, LeftOut>;
  /** False if a loop could not be expanded, or a condition not be read. */
  readonly isComplete: boolean;
}

export function expandServices(written: readonly ServiceBlockPlace[], input: RowsInput): ExpandedServices {
  const loops: Loop[] = [];
  const all = written.flatMap(({ section, key, place, isLoop }): readonly DeclaredServiceBlock[] => {
    repeatedKeys(place, [enabledKey]).forEach(input.report);
    if (isLoop !== true) return [{ section, key, place, context: input.contextFor(place) }];
    const loop = expandLoop(
      { kind: "monitor", what: "a service", writtenKey: entityKey("monitor", key), place, isService: true },
      input,
    );
    loops.push(loop);
    return loop.objects.map((object) => ({ ...object, section, key: localKey(object.key), writtenKey: key }));
  });
  const leftOut = new Map(loops.flatMap((loop) => [...loop.leftOut]));
  let isComplete = loops.every((loop) => loop.isComplete);
  const blocks = all.flatMap((block): readonly DeclaredServiceBlock[] => {
    const condition = childPlace(block.place, enabledKey);
    if (condition === undefined) return [block];
    const isEnabled = conditionAt(condition, block.context);
    if (isEnabled === undefined) isComplete = false;
    if (isEnabled === false) leftOut.set(entityKey("monitor", block.key), { by: "enabled", place: condition });
    return isEnabled === true ? [{ ...block, place: blockWithout(block.place, [enabledKey]) }] : [];
  });
  const services = [...leftOut].map(([key, reason]) => [key, { ...reason, isService: true as const }] as const);
  return { blocks, loops, leftOut: new Map(services), isComplete };
}

/** For the guards of a plan: a service has a group and monitors with keys below it, of those that are `declared`. */
export function keysOfServiceLoop({ writtenKey, objects }: Loop, declared: Iterable<EntityKey>): LoopKeys {
  const groups = objects.map(({ key }) => key);
  const made = [...declared].filter((key) => groups.some((group) => key === group || key.startsWith(`${group}.`)));
  return { key: writtenKey, pattern: `^monitor/${keyPatternOf(writtenKey)}(?:\\..+)?$`, made };
}
