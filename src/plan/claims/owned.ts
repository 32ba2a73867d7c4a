import { kindIdentity } from "../../model/entity.ts";
import type { Claim } from "./claim.ts";

/** What the marker or the ledger says; of kinds that are everybody's, the first object of the name. */
export const claimOwned: Claim = (entity, { ownership, index }) => {
  const found =
    kindIdentity[entity.kind] === "shared" ? index.named(entity.kind, entity.name)[0] : ownership.ours.get(entity.key);
  return found === undefined ? undefined : { found, tie: { type: "ours" } };
};
