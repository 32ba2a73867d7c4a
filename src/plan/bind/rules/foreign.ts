import type { DesiredEntity, ObservedEntity } from "../../../model/entity.ts";
import type { Blocker } from "../../../model/plan.ts";
import type { MatchInput, MatchResult } from "../match-rule.ts";

/** Another project's object that `entity` claims: taken only when asked to. */
export function ofAnotherProject(
  entity: DesiredEntity,
  found: ObservedEntity,
  options: MatchInput["options"],
): MatchResult {
  const from = `${found.owner?.project}/${found.owner?.key}`;
  if (options.takeover !== true) return { blocker: foreign(entity, found, from) };
  return { found, was: { type: "foreign", from } };
}

function foreign({ key, kind, lifecycle }: DesiredEntity, { id, owner }: ObservedEntity, from: string): Blocker {
  return {
    code: "KS4010",
    message: `${key}: the ${kind} with the id ${id} belongs to project ${owner?.project} (as ${from})`,
    keys: [key],
    waysOn: [
      `give it up there: \`onRemove: release\` in project ${owner?.project}, apply, then take it out`,
      "--takeover takes it from that project, which must not declare it any more",
      lifecycle.adopt === undefined
        ? `take ${key} out, and refer to it by \`{ name: … }\``
        : `take \`adopt:\` out of ${key} to create another one`,
    ],
  };
}
