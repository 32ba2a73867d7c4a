/** From the blocks of the files to one block for each object: loops become several, and what is not enabled is left out. */
import type { Kind } from "../../kinds/kind.ts";
import { localKey, type EntityKey } from "../../model/entity.ts";
import type { DeclaredBlock } from "../sections/envelope.ts";
import { childPlace } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { ReadContext } from "../values/read-value.ts";
import type { LoopRow } from "../values/loop-row.ts";
import { blockWithout } from "./block-without.ts";
import { conditionAt } from "./condition.ts";
import { expandLoop, type Loop } from "./expand-loop.ts";
import type { RowsInput } from "./read-rows.ts";

/** The key that leaves an object out. */
const enabledKey = "enabled";

/** The block of one object. */
export interface ObjectBlock {
  readonly key: EntityKey;
  readonly kind: Kind;
  readonly place: YamlPlace;
  /** Of a loop, the key in the file. */
  readonly writtenKey?: EntityKey;
  readonly row?: LoopRow;
  readonly context?: ReadContext;
}

export interface ExpandedBlocks {
  /** In the order of the files. */
  readonly blocks: readonly ObjectBlock[];
  readonly declared: ReadonlyMap<EntityKey, ObjectBlock>;
  readonly loops: readonly Loop[];
  /** False if a loop could not be expanded. */
  readonly isComplete: boolean;
}

export function expandBlocks(written: ReadonlyMap<EntityKey, DeclaredBlock>, input: RowsInput): ExpandedBlocks {
  const loops: Loop[] = [];
  const all = [...written].flatMap(([key, { kind, place, isLoop }]): readonly ObjectBlock[] => {
    if (isLoop !== true) return [{ key, kind, place }];
    const loop = expandLoop({ kind, writtenKey: key, place }, input);
    loops.push(loop);
    return loop.objects.map((object) => ({ ...object, kind, writtenKey: key }));
  });
  const declared = new Map<EntityKey, ObjectBlock>();
  for (const block of all) {
    if (!isEnabled(block, input)) continue;
    const first = declared.get(block.key);
    if (first === undefined) declared.set(block.key, withoutSwitch(block));
    else input.report(declaredTwice(block, first));
  }
  return {
    blocks: [...declared.values()],
    declared,
    loops,
    isComplete: loops.every(({ isComplete }) => isComplete),
  };
}

function isEnabled({ place, row }: ObjectBlock, { contextFor }: RowsInput): boolean {
  const condition = childPlace(place, enabledKey);
  return condition === undefined || conditionAt(condition, contextFor(condition, row));
}

function withoutSwitch(block: ObjectBlock): ObjectBlock {
  const hasSwitch = childPlace(block.place, enabledKey) !== undefined;
  return hasSwitch ? { ...block, place: blockWithout(block.place, [enabledKey]) } : block;
}

function declaredTwice({ key, place, row }: ObjectBlock, first: ObjectBlock): Parameters<RowsInput["report"]>[0] {
  const of = row?.place ?? place;
  return {
    code: "KS1762",
    severity: "error",
    message: `"${localKey(key)}" is declared twice`,
    at: spanOf(of, of.key === undefined ? "value" : "key"),
    hint: "rename one of them, or change the key of the loop",
    related: { message: "first here", at: spanOf((first.row ?? first).place, "key") },
  };
}
