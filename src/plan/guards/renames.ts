/**
 * Under a new key an entity is a new one: the old monitor goes, with its history. A delete and a create that watch the same
 * thing are far more often a rename.
 */
import type { DesiredEntity, EntityKey, ObservedEntity } from "../../model/entity.ts";
import { isEqualJson, pointerTo, type JsonObject } from "../../model/json.ts";
import { normaliseDesired, normaliseObserved } from "../normal-form.ts";
import { countText, type Guard } from "./guard.ts";

/** Of the fields that somebody wrote. */
const alikePart = 0.8;

export const checkRenames: Guard = ({ steps, binding }, { notRenamed }) => {
  if (notRenamed === true) return [];
  const created = new Set(steps.filter(({ action }) => action === "create").map(({ key }) => key));
  const deleted = new Set(steps.filter(({ action }) => action === "delete").map(({ key }) => key));
  const { label } = binding.index;
  const open = new Set(
    [...binding.missing].filter(({ key }) => created.has(key)).map((entity) => normaliseDesired(entity, label)),
  );
  const moves: { readonly from: EntityKey; readonly to: EntityKey }[] = [];
  for (const [from, observed] of binding.orphans) {
    if (!deleted.has(from)) continue;
    const gone = normaliseObserved(observed, label);
    const candidates = [...open].filter(({ kind }) => kind === gone.kind);
    const match =
      candidates.find((entity) => isSameAddress(entity, gone)) ?? candidates.find((entity) => isAlike(entity, gone));
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

const addressFields = ["url", "hostname", "port"] as const;

/** Both watch the same place in the same way. */
function isSameAddress({ spec }: DesiredEntity, { spec: before }: ObservedEntity): boolean {
  if (before === undefined || !isSame(spec, before, "type")) return false;
  const isAddressed = ["url", "hostname"].some((field) => typeof spec[field] === "string" && spec[field] !== "");
  return isAddressed && addressFields.every((field) => isSame(spec, before, field));
}

function isAlike({ spec, defaulted }: DesiredEntity, { spec: before }: ObservedEntity): boolean {
  if (before === undefined) return false;
  const written = Object.keys(spec).filter(
    (field) => !defaulted.includes(pointerTo(field)) && Object.hasOwn(before, field),
  );
  const same = written.filter((field) => isSame(spec, before, field));
  return written.length > 0 && same.length >= alikePart * written.length;
}

function isSame(left: JsonObject, right: JsonObject, field: string): boolean {
  return isEqualJson(left[field] ?? null, right[field] ?? null);
}
