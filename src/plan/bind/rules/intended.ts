import { kindIdentity } from "../../../model/entity.ts";
import type { MatchRule } from "../match-rule.ts";

/**
 * An object that a killed run created before it could add the marker. Ids only grow, so an object with that name which is newer
 * than all objects before the run was created by it. If there are several, somebody may have created one of them by hand.
 */
export const matchIntended: MatchRule = (entity, { observed: { ledger }, index, isTaken }) => {
  if (ledger.state !== "known" || kindIdentity[entity.kind] === "shared") return undefined;
  const left = ledger.ledger.intents
    .filter(({ key }) => key === entity.key)
    .flatMap(({ name, after }) =>
      index.named(entity.kind, name === "" ? entity.name : name).filter(({ id }) => id > after),
    )
    .filter((found) => found.owner === undefined && found.spec !== undefined && !isTaken(found));
  const [found] = left;
  return found !== undefined && left.every((other) => other === found)
    ? { found, was: { type: "unmanaged" } }
    : undefined;
};
