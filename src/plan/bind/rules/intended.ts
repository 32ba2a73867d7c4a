import { kindIdentity } from "../../../model/entity.ts";
import type { MatchRule } from "../match-rule.ts";

/**
 * Finds an object that an interrupted run created without adding the marker. Ids only grow, so an object with the
 * intended name and a higher id than all objects before that run was created by it. If there are several, one of them
 * may be made by hand, and none is taken.
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
