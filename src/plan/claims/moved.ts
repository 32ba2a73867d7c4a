import type { Claim } from "./claim.ts";

/** What `moved:` says, as far as it is not done. */
export const claimMoved: Claim = (entity, { moves, isTaken }) => {
  const origin = moves.origins.get(entity.key);
  if (origin === undefined || isTaken(origin.found)) return undefined;
  return { found: origin.found, tie: { type: "moved", from: origin.from } };
};
