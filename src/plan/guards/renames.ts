/**
 * Under a new key an entity is a new one: the old monitor goes, with its history. A delete and a create that watch the same
 * thing are far more often a rename.
 */
import type { DesiredEntity, EntityKey, KindName } from "../../model/entity.ts";
import { canonicalText, isEqualJson, pointerTo, type JsonObject } from "../../model/json.ts";
import { normaliseDesired, normaliseObserved } from "../normal-form.ts";
import { countText, type Guard } from "./guard.ts";

/** Of the fields that somebody wrote. */
const alikePart = 0.8;

export const checkRenames: Guard = ({ steps, binding }, { notRenamed }) => {
  if (notRenamed === true) return [];
  const created = new Set(steps.filter(({ action }) => action === "create").map(({ key }) => key));
  const deleted = new Set(steps.filter(({ action }) => action === "delete").map(({ key }) => key));
  const { label } = binding.index;
  const candidates = [...binding.missing]
    .filter(({ key }) => created.has(key))
    .map((entity) => normaliseDesired(entity, label));
  const open = new Set(candidates);
  const byAddress = new Map<string, DesiredEntity[]>();
  for (const entity of candidates) {
    const address = addressOf(entity.kind, entity.spec);
    if (address !== undefined) byAddress.set(address, [...(byAddress.get(address) ?? []), entity]);
  }
  const moves: { readonly from: EntityKey; readonly to: EntityKey }[] = [];
  for (const [from, observed] of binding.orphans) {
    if (!deleted.has(from)) continue;
    const { kind, spec } = normaliseObserved(observed, label);
    if (spec === undefined) continue;
    const address = addressOf(kind, spec);
    const neighbours = address === undefined ? [] : (byAddress.get(address) ?? []);
    const match = neighbours.find((entity) => open.has(entity)) ?? findAlike(open, kind, spec);
    if (match === undefined) continue;
    open.delete(match);
    moves.push({ from, to: match.key });
  }
  if (moves.length === 0) return [];
  const lines = moves.map(({ from, to }) => `{ from: ${from}, to: ${to} }`);
  return [
    {
      code: "KS4009",
      message: `${countText(moves.length, "delete")} with a create beside ${moves.length === 1 ? "it looks" : "them look"} like a rename: ${moves.map(({ from, to }) => `${from} → ${to}`).join(", ")}`,
      keys: moves.flatMap(({ from, to }) => [from, to]),
      waysOn: [
        `\`moved: [${lines.join(", ")}]\` in the configuration keeps the history`,
        "--not-renamed if they are different things",
      ],
    },
  ];
};

/** What is watched, and how; undefined for what has no address. */
function addressOf(kind: KindName, { type, url, hostname, port }: JsonObject): string | undefined {
  const isAddressed = [url, hostname].some((part) => typeof part === "string" && part !== "");
  return isAddressed ? canonicalText([kind, type ?? null, url ?? null, hostname ?? null, port ?? null]) : undefined;
}

function findAlike(open: ReadonlySet<DesiredEntity>, kind: KindName, before: JsonObject): DesiredEntity | undefined {
  for (const entity of open) if (entity.kind === kind && isAlike(entity, before)) return entity;
  return undefined;
}

function isAlike({ spec, defaulted }: DesiredEntity, before: JsonObject): boolean {
  const written = Object.keys(spec).filter(
    (field) => Object.hasOwn(before, field) && !defaulted.includes(pointerTo(field)),
  );
  const same = written.filter((field) => isEqualJson(spec[field] ?? null, before[field] ?? null));
  return written.length > 0 && same.length >= alikePart * written.length;
}
