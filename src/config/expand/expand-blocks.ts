/** From the blocks of the files to one block for each object: loops become several, and what is not enabled is left out. */
import type { Kind } from "../../kinds/kind.ts";
import { localKey, type EntityKey } from "../../model/entity.ts";
import type { DeclaredBlock } from "../sections/envelope.ts";
import { childPlace } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { ReadContext } from "../values/read-value.ts";
import { enabledKey, type LoopRow } from "../values/loop-row.ts";
import { blockWithout } from "./block-without.ts";
import { repeatedKeys } from "./repeated-keys.ts";
import { conditionAt } from "./condition.ts";
import { expandLoop, type Loop } from "./expand-loop.ts";
import type { LeftOut } from "./left-out.ts";
import type { RowsInput } from "./read-rows.ts";
import type { Templates } from "./read-templates.ts";

interface BlocksInput extends RowsInput {
  /** The override of the target for an object. */
  overrideOf(key: EntityKey): YamlPlace | undefined;
  readonly templates: Pick<Templates, "switchFor" | "leaveOut">;
}

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

interface SwitchedBlock extends ObjectBlock {
  /** Where the block itself says whether the object is enabled. */
  readonly ownSwitch: YamlPlace | undefined;
}

export interface ExpandedBlocks {
  /** In the order of the files. */
  readonly blocks: readonly ObjectBlock[];
  readonly declared: ReadonlyMap<EntityKey, ObjectBlock>;
  /** The objects that conditions leave out. */
  readonly leftOut: ReadonlyMap<EntityKey, LeftOut>;
  readonly loops: readonly Loop[];
  /** False if a loop could not be expanded, or a condition not be read. */
  readonly isComplete: boolean;
}

export function expandBlocks(written: ReadonlyMap<EntityKey, DeclaredBlock>, input: BlocksInput): ExpandedBlocks {
  const loops: Loop[] = [];
  const all = [...written].flatMap(([key, { kind, place, isLoop }]): readonly SwitchedBlock[] => {
    repeatedKeys(place, [enabledKey]).forEach(input.report);
    // Looked up once for all objects of a loop.
    const ownSwitch = childPlace(place, enabledKey);
    if (isLoop !== true) return [{ key, kind, place, ownSwitch }];
    const loop = expandLoop({ kind: kind.name, what: `a ${kind.name}`, writtenKey: key, place }, input);
    loops.push(loop);
    return loop.objects.map((object) => ({ ...object, kind, writtenKey: key, ownSwitch }));
  });
  const declared = new Map<EntityKey, ObjectBlock>();
  const leftOut = new Map(loops.flatMap((loop) => [...loop.leftOut]));
  let isComplete = loops.every((loop) => loop.isComplete);
  for (const { ownSwitch, ...block } of all) {
    const { key, kind, place, row } = block;
    const override = input.overrideOf(key);
    // The override counts more than the block, and that more than its templates.
    const condition =
      (override && childPlace(override, enabledKey)) ?? ownSwitch ?? input.templates.switchFor(kind, place, row);
    const isEnabled = condition === undefined || conditionAt(condition, input.contextFor(condition, row));
    if (isEnabled === undefined) isComplete = false;
    if (isEnabled === false && condition !== undefined) leftOut.set(key, { by: "enabled", place: condition });
    if (isEnabled !== true) {
      input.templates.leaveOut(kind, place, row);
      continue;
    }
    const own = ownSwitch === undefined ? block : { ...block, place: blockWithout(place, [enabledKey]) };
    const first = declared.get(key);
    if (first === undefined) declared.set(key, own);
    else input.report(declaredTwice(block, first));
  }
  return { blocks: [...declared.values()], declared, leftOut, loops, isComplete };
}

/** Of the objects that a service's block makes, those that the target's override leaves out. */
export function leftOutByOverride(
  keys: Iterable<EntityKey>,
  { overrideOf, contextFor }: Pick<BlocksInput, "overrideOf" | "contextFor">,
): ReadonlyMap<EntityKey, LeftOut> {
  const leftOut = new Map<EntityKey, LeftOut>();
  for (const key of keys) {
    const override = overrideOf(key);
    const place = override && childPlace(override, enabledKey);
    if (place !== undefined && conditionAt(place, contextFor(place)) === false)
      leftOut.set(key, { by: "enabled", place });
  }
  return leftOut;
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
