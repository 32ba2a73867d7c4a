import { kindIdentity, type DesiredEntity, type ObservedEntity } from "../../../model/entity.ts";
import type { MatchRule, MatchInput } from "../match-rule.ts";

/** Matches by the marker or the ledger; shared kinds by the name. */
export const matchOwned: MatchRule = (entity, { objects, index, isTaken }) => {
  const found =
    kindIdentity[entity.kind] === "shared" ? sharedOf(entity, { index, isTaken }) : objects.ours.get(entity.key);
  return found === undefined ? undefined : { found, was: { type: "ours" } };
};

/** A database may have turned several names into the same question marks. Each of them then gets its own object. */
function sharedOf(
  { kind, name }: DesiredEntity,
  { index, isTaken }: Pick<MatchInput, "index" | "isTaken">,
): ObservedEntity | undefined {
  const namesakes = index.named(kind, name);
  const [first] = namesakes;
  return first?.name === name ? first : namesakes.find((found) => !isTaken(found));
}

/** Matches by `moved:` entries that are not applied yet. */
export const matchMoved: MatchRule = (entity, { moves, isTaken }) => {
  const origin = moves.origins.get(entity.key);
  if (origin === undefined || isTaken(origin.found)) return undefined;
  return { found: origin.found, was: { type: "moved", from: origin.from } };
};
