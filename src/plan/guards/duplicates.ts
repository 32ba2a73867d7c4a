import type { Histories } from "../bind/objects-by-owner.ts";
import type { ObservedEntity } from "../../model/entity.ts";
import { countText, type Guard } from "./guard.ts";

/** A line for each; more than these, nobody reads. */
const mostDetails = 20;

/** One summary, however many there are: two runs at once double a whole project. */
export const checkDuplicates: Guard = ({ binding: { doubled }, lookedKeys }, { resolveDuplicates, histories }) => {
  if (resolveDuplicates === true) return [];
  const found = doubled.filter(({ key }) => lookedKeys === undefined || lookedKeys.has(key));
  const [first] = found;
  if (first === undefined) return [];
  const surplus = found.reduce((sum, { others }) => sum + others.length, 0);
  const ids = [first.kept, ...first.others].map(({ id }) => id).toSorted((left, right) => left - right);
  const details = found.slice(0, mostDetails).map(({ key, kept, others }) => {
    const rest = others.map((other) => objectText(other, histories)).join(", ");
    return `${key}: keep ${objectText(kept, histories)}; surplus: ${rest}`;
  });
  const left = found.length - details.length;
  return [
    {
      code: "KS4007",
      message:
        found.length === 1
          ? `${first.key} is marked on ${ids.length} objects on the server (ids ${ids.join(", ")})`
          : `${countText(found.length, "key")} are marked on more than one object each; ${surplus} objects are surplus`,
      keys: found.map(({ key }) => key),
      details: left > 0 ? [...details, `and ${left} more`] : details,
      waysOn: [
        `--resolve-duplicates deletes the surplus ${surplus === 1 ? "object" : `${surplus} objects`} and keeps the history of the others`,
        "if one is a clone made in the UI that you want to keep: remove its kuma-sync tag there",
      ],
    },
  ];
};

/** `id 3 (590 heartbeats since 2026-01-02)` */
function objectText({ kind, id }: ObservedEntity, histories: Histories = new Map()): string {
  const { heartbeats, since } = histories.get(id) ?? {};
  if (kind !== "monitor" || heartbeats === undefined) return `id ${id}`;
  const from = since === undefined ? "" : ` since ${since}`;
  return `id ${id} (${heartbeats === 0 ? "no heartbeats" : countText(heartbeats, "heartbeat")}${from})`;
}
