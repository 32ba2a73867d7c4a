/**
 * An entity with a new key is a new entity: the old monitor is deleted with its history. If a deleted and a created
 * monitor watch the same thing, the key was probably only renamed.
 */
import type { DesiredEntity, EntityKey, KindName } from "../../model/entity.ts";
import { canonicalText, type JsonObject } from "../../model/json.ts";
import { entriesFor } from "./moved-entries.ts";
import { alikeIndex } from "./alike.ts";
import type { Guard } from "./guard.ts";

export const checkRenames: Guard = ({ desired, steps, binding }, { notRenamed }) => {
  if (notRenamed === true) return [];
  const created = new Set(steps.filter(({ action }) => action === "create").map(({ key }) => key));
  const deleted = new Set(steps.filter(({ action }) => action === "delete").map(({ key }) => key));
  const candidates = [...binding.missing.values()].filter(({ key }) => created.has(key));
  const alike = alikeIndex(candidates);
  const byAddress = new Map<string, Set<DesiredEntity>>();
  for (const entity of candidates) {
    const address = addressOf(entity.kind, entity.spec);
    if (address !== undefined) byAddress.set(address, (byAddress.get(address) ?? new Set()).add(entity));
  }
  const moves: { readonly from: EntityKey; readonly to: EntityKey }[] = [];
  for (const [from, { kind, spec }] of binding.orphans) {
    if (!deleted.has(from) || spec === undefined) continue;
    const address = addressOf(kind, spec);
    const [neighbour] = address === undefined ? [] : (byAddress.get(address) ?? []);
    const match = neighbour ?? alike.find(kind, spec);
    if (match === undefined) continue;
    alike.take(match);
    byAddress.get(addressOf(match.kind, match.spec) ?? "")?.delete(match);
    moves.push({ from, to: match.key });
  }
  if (moves.length === 0) return [];
  return [
    {
      code: "KS4009",
      keys: moves.flatMap(({ from, to }) => [from, to]),
      moves,
      entries: entriesFor(moves, desired.loops),
    },
  ];
};

/** What is watched and how; undefined for objects without an address. */
function addressOf(kind: KindName, { type, url, hostname, port }: JsonObject): string | undefined {
  const isAddressed = [url, hostname].some((part) => typeof part === "string" && part !== "");
  return isAddressed ? canonicalText([kind, type ?? null, url ?? null, hostname ?? null, port ?? null]) : undefined;
}
