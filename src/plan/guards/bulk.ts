/**
 * Many changes at once can mean a wrong file, a wrong server or an incomplete list. Small projects may change by a
 * larger share.
 */
import { idText, keyOfDuplicate, kindIdentity, kindOf } from "../../model/entity.ts";
import { isWithin } from "../../model/json.ts";
import { rememberedPaths, type Step } from "../../model/plan.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { Guard } from "./guard.ts";

/** With fewer objects than this, percentages are not meaningful. */
const fewObjects = 10;

export const checkBulk: Guard = ({ desired: { policy }, binding, steps }, { allowBulk, allowDeletes }) => {
  if (allowBulk === true) return [];
  const managed = [...binding.pairs.values()].filter(
    ({ was, desired }) => was.type !== "unmanaged" && was.type !== "foreign" && kindIdentity[desired.kind] !== "shared",
  );
  const count = managed.length + binding.orphans.length;
  const deletes = steps
    .filter(({ action, key }) => action === "delete" && keyOfDuplicate(key) === undefined)
    .map(({ key }) => key);
  // `--allow-deletes` with a number shows that the user knows how many; an answer at a prompt does not.
  const isNamed = deletes.length <= allowDeletes;
  // Pausing and releasing erase no history, but they count as changes.
  const changed = steps.filter((step) => kindIdentity[step.kind] !== "shared" && isChange(step)).map(({ key }) => key);
  const percent = (part: number): number => (count < fewObjects ? 0 : (part / count) * 100);
  const { maxDeletes, maxDeletePercent, maxUpdatePercent } = policy;
  const blockers: BlockerFacts[] = [];
  if (!isNamed && deletes.length > maxDeletes) {
    blockers.push({ code: "KS4011", keys: deletes, limit: "maxDeletes", most: maxDeletes, managed: count });
  }
  if (!isNamed && percent(deletes.length) > maxDeletePercent) {
    blockers.push({ code: "KS4011", keys: deletes, limit: "maxDeletePercent", most: maxDeletePercent, managed: count });
  }
  if (percent(changed.length) > maxUpdatePercent) {
    blockers.push({ code: "KS4011", keys: changed, limit: "maxUpdatePercent", most: maxUpdatePercent, managed: count });
  }
  return blockers;
};

/**
 * Most objects of the ledger are missing from the lists. It is more likely that the lists are incomplete, or that this
 * is another server, than that somebody deleted them all by hand. Kinds that were not read do not count.
 */
export const checkIncomplete: Guard = ({ desired, observed: { entities, ledger } }, { allowBulk }) => {
  if (allowBulk === true || ledger.state !== "known") return [];
  const kinds = new Set([...entities, ...desired.entities.values()].map(({ kind }) => kind));
  const there = new Set(entities.map(({ kind, id }) => idText(kind, id)));
  const known = [...ledger.ledger.entries].filter(([key]) => kinds.has(kindOf(key)));
  const lost = known.filter(([key, { id }]) => !there.has(idText(kindOf(key), id)));
  if (known.length < fewObjects || lost.length <= known.length / 2) return [];
  return [{ code: "KS4014", keys: lost.map(([key]) => key), known: known.length }];
};

/** Completions cost money or GPU time. A plan without steps adds none and is not blocked. */
export const checkCompletions: Guard = ({ desired: { policy }, steps, cost: { after, monitors } }) => {
  const limit = policy.completionsPerDay;
  if (limit === undefined || after.completions <= limit || steps.length === 0) return [];
  const keys = monitors.filter((monitor) => monitor.after !== undefined).map(({ key }) => key);
  return [{ code: "KS4013", keys, completions: after.completions, limit }];
};

/** A move alone changes only a marker, and a change at one of `rememberedPaths` only the ledger. */
function isChange(step: Step): boolean {
  if (step.action === "retire" || step.action === "release") return true;
  return (
    (step.action === "update" || step.action === "move") &&
    step.changes.some(({ path }) => !isWithin(path, rememberedPaths))
  );
}
