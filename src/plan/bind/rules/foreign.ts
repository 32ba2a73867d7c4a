import type { DesiredEntity, ObservedEntity } from "../../../model/entity.ts";
import type { BlockerFacts } from "../../../model/plan-facts.ts";
import type { MatchInput, MatchResult } from "../match-rule.ts";

/** The result for an object of another project that matches `entity`: it is taken over only with `--takeover`. */
export function ofAnotherProject(
  entity: DesiredEntity,
  found: ObservedEntity,
  options: MatchInput["options"],
): MatchResult {
  const from = `${found.owner?.project}/${found.owner?.key}`;
  if (options.takeover !== true) return { blocker: foreign(entity, found, from) };
  return { found, was: { type: "foreign", from } };
}

function foreign({ key, kind, lifecycle }: DesiredEntity, { id, owner }: ObservedEntity, from: string): BlockerFacts {
  const isAdopted = lifecycle.adopt !== undefined;
  return { code: "KS4010", keys: [key], kind, id, project: owner?.project ?? "", from, isAdopted };
}
