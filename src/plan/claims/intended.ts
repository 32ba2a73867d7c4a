import { kindIdentity } from "../../model/entity.ts";
import type { Claim } from "./claim.ts";

/**
 * What a killed run made and had no time to mark. Ids only grow, so an object of that name which is newer than all that
 * were there before the run is its work. Of several, none can be told from one made by hand meanwhile.
 */
export const claimIntended: Claim = (entity, { observed: { ledger }, index, isTaken }) => {
  if (ledger.state !== "known" || kindIdentity[entity.kind] === "shared") return undefined;
  const left = ledger.ledger.intents
    .filter(({ key }) => key === entity.key)
    .flatMap(({ name, after }) =>
      index.named(entity.kind, name === "" ? entity.name : name).filter(({ id }) => id > after),
    )
    .filter((found) => found.owner === undefined && found.spec !== undefined && !isTaken(found));
  const [found] = left;
  return found !== undefined && left.every((other) => other === found)
    ? { found, tie: { type: "unmanaged" } }
    : undefined;
};
