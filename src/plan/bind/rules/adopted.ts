/** `adopt:` names an object that somebody made by hand, by its id or by its name. */
import { kindIdentity, type DesiredEntity, type ObservedEntity } from "../../../model/entity.ts";
import type { Blocker } from "../../../model/plan.ts";
import { ofAnotherProject } from "./foreign.ts";
import type { MatchRule, MatchInput } from "../match-rule.ts";
import { likeliest, listObjects } from "./tell-apart.ts";

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

/** Objects that another declared entity has are not meant by a name; by an id, nobody else can be meant. */
function meantBy(
  adopt: Adopt,
  { kind }: DesiredEntity,
  { observed, index, isTaken }: MatchInput,
): readonly ObservedEntity[] {
  return "id" in adopt
    ? observed.entities.filter((entity) => entity.kind === kind && entity.id === adopt.id)
    : index.named(kind, adopt.name).filter((found) => !isTaken(found));
}

function notThere({ key, kind }: DesiredEntity, adopt: Adopt, meant: readonly ObservedEntity[]): Blocker {
  const [unknown] = meant;
  const what = "id" in adopt ? `${kind} with the id ${adopt.id}` : `${kind} named "${adopt.name}"`;
  return {
    code: "KS4012",
    message:
      unknown === undefined
        ? `${key} is to adopt a ${what}, and the server has none`
        : `${key} is to adopt a ${what}, which is of a type that this version does not know (id ${unknown.id})`,
    keys: [key],
    waysOn: ["name one that is there under `adopt:`", `take \`adopt:\` out of ${key} to create it`],
  };
}

function notUnique(entity: DesiredEntity, found: readonly ObservedEntity[], input: MatchInput): Blocker {
  const { key, kind } = entity;
  const [first] = found;
  const { id } = likeliest(entity, found, input) ?? { id: "N" };
  return {
    code: "KS4012",
    message: `${key} is to adopt a ${kind} named "${first?.name}", and the server has ${found.length}: ${listObjects(found, input)}`,
    keys: [key],
    waysOn: [`name the one that is meant by its id: \`adopt: { id: ${id} }\``],
  };
}

function oursAlready({ key, kind }: DesiredEntity, { id, owner }: ObservedEntity): Blocker {
  const from = `${kind}/${owner?.key}`;
  return {
    code: "KS4012",
    message: `${key} is to adopt the object with the id ${id}, which is ${from} of this project`,
    keys: [key],
    waysOn: [`write \`moved: [{ from: ${from}, to: ${key} }]\`, if it is to have this key`],
  };
}
