import { kindIdentity } from "../../model/entity.ts";
import type { DesiredEntity, ObservedEntity } from "../../model/entity.ts";
import type { Claim, Scene } from "./claim.ts";

/** What the marker or the ledger says; of kinds that are everybody's, the first object of the name. */
export const claimOwned: Claim = (entity, { ownership, index, isTaken }) => {
  const found =
    kindIdentity[entity.kind] === "shared" ? sharedOf(entity, { index, isTaken }) : ownership.ours.get(entity.key);
  return found === undefined ? undefined : { found, tie: { type: "ours" } };
};

/** Several names may have become the same question marks: each of them is one object. */
function sharedOf(
  { kind, name }: DesiredEntity,
  { index, isTaken }: Pick<Scene, "index" | "isTaken">,
): ObservedEntity | undefined {
  const namesakes = index.named(kind, name);
  const [first] = namesakes;
  return first?.name === name ? first : namesakes.find((found) => !isTaken(found));
}
