import type { ObservedEntity } from "../../model/entity.ts";
import type { Copy } from "../../model/plan-facts.ts";
import type { Histories } from "../bind/objects-by-owner.ts";
import type { Guard } from "./guard.ts";

/** One blocker for all duplicates, because two runs at once can duplicate a whole project. */
export const checkDuplicates: Guard = ({ binding: { doubled }, lookedKeys }, { resolveDuplicates, histories }) => {
  if (resolveDuplicates === true) return [];
  const found = doubled.filter(({ key }) => lookedKeys === undefined || lookedKeys.has(key));
  if (found.length === 0) return [];
  const copies = found.map(({ key, kept, others }) => ({
    key,
    kept: copyOf(kept, histories),
    others: others.map((other) => copyOf(other, histories)),
  }));
  return [{ code: "KS4007", keys: found.map(({ key }) => key), copies }];
};

function copyOf({ kind, id }: ObservedEntity, histories: Histories = new Map()): Copy {
  const history = kind === "monitor" ? histories.get(id) : undefined;
  return { id, ...history };
}
