/** Matches by `adopt:`, which names an object made by hand by its id or its name. */
import { entityKey, kindIdentity, type DesiredEntity, type ObservedEntity } from "../../../model/entity.ts";
import type { BlockerFacts } from "../../../model/plan-facts.ts";
import { ofAnotherProject } from "./foreign.ts";
import type { MatchRule, MatchInput } from "../match-rule.ts";
import { likeliest, namesakesOf } from "./tell-apart.ts";

type Adopt = NonNullable<DesiredEntity["lifecycle"]["adopt"]>;

export const matchAdopted: MatchRule = (entity, input) => {
  const { adopt } = entity.lifecycle;
  if (adopt === undefined || kindIdentity[entity.kind] === "shared") return undefined;
  const meant = meantBy(adopt, entity, input);
  const known = meant.filter(({ spec }) => spec !== undefined);
  const unmanaged = known.filter(({ owner }) => owner === undefined);
  const candidates = unmanaged.length > 0 ? unmanaged : known;
  const [found] = candidates;
  if (found === undefined) return { blocker: notThere(entity, adopt, meant) };
  if (candidates.length > 1) return { blocker: notUnique(entity, candidates, input) };
  if (found.owner === undefined) return { found, was: { type: "unmanaged" } };
  if (found.owner.project === input.desired.project) return { blocker: oursAlready(entity, found) };
  return ofAnotherProject(entity, found, input.options);
};

/** A name does not match an object that another declared entity has. An id always matches its object. */
function meantBy(
  adopt: Adopt,
  { kind }: DesiredEntity,
  { observed, index, isTaken }: MatchInput,
): readonly ObservedEntity[] {
  return "id" in adopt
    ? observed.entities.filter((entity) => entity.kind === kind && entity.id === adopt.id)
    : index.named(kind, adopt.name).filter((found) => !isTaken(found));
}

function notThere({ key, kind }: DesiredEntity, adopt: Adopt, [unknown]: readonly ObservedEntity[]): BlockerFacts {
  return {
    code: "KS4012",
    keys: [key],
    problem: "no-object",
    kind,
    adopt,
    ...(unknown === undefined ? {} : { unknownId: unknown.id }),
  };
}

function notUnique(entity: DesiredEntity, found: readonly ObservedEntity[], input: MatchInput): BlockerFacts {
  const { key, kind } = entity;
  const likely = likeliest(entity, found, input);
  return {
    code: "KS4012",
    keys: [key],
    problem: "several",
    kind,
    name: found[0]?.name ?? "",
    objects: namesakesOf(found, input),
    ...(likely === undefined ? {} : { likeliest: likely.id }),
  };
}

function oursAlready({ key, kind }: DesiredEntity, { id, owner }: ObservedEntity): BlockerFacts {
  return { code: "KS4012", keys: [key], problem: "ours", id, from: entityKey(kind, owner?.key ?? "") };
}
