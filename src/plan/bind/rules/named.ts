/**
 * The last rule matches by name. Names are not unique on a server, so it is careful.
 *
 * A create takes two calls, one for the object and one for its marker, without a transaction. A run that is killed in
 * between leaves an object without a marker that equals the declared one in every field. This rule adopts it instead of
 * creating it a second time.
 */
import { kindIdentity, type DesiredEntity, type ObservedEntity } from "../../../model/entity.ts";
import type { BlockerFacts } from "../../../model/plan-facts.ts";
import { compareSpecs } from "../../compare/compare-specs.ts";
import { replaceReferences, type Label } from "../../canonical/references.ts";
import type { MatchRule, MatchInput, MatchResult } from "../match-rule.ts";
import { ofAnotherProject } from "./foreign.ts";
import { likeliest, namesakesOf, soleLikeness } from "./tell-apart.ts";

export const matchNamed: MatchRule = (entity, input) => {
  if (kindIdentity[entity.kind] === "shared") return undefined;
  const { index, options, isTaken } = input;
  const namesakes = index.named(entity.kind, entity.name).filter((found) => !isTaken(found));
  const unmanaged = namesakes.filter(({ owner }) => owner === undefined);
  const [only] = unmanaged;
  const equal = unmanaged.find((found) => equalsDeclared(entity, found, index.label));
  if (equal !== undefined) return { found: equal, was: { type: "unmanaged" } };
  if (only === undefined) {
    return kindIdentity[entity.kind] === "ledger" ? matchNaturalKey(entity, namesakes, input) : undefined;
  }
  const meant = unmanaged.length === 1 ? only : soleLikeness(entity, unmanaged, input);
  if (options.adopt && meant?.spec !== undefined) return { found: meant, was: { type: "unmanaged" } };
  return { blocker: nameTaken(entity, unmanaged, input) };
};

/**
 * Kinds without a marker are identified by name: an object with that name is the same object, even if another project
 * has it.
 */
function matchNaturalKey(
  entity: DesiredEntity,
  namesakes: readonly ObservedEntity[],
  { desired, index, options, moves }: MatchInput,
): MatchResult | undefined {
  const gone = namesakes.flatMap((found) => {
    const key = index.keyOf(found.kind, found.id);
    return key === undefined || desired.entities.has(key) || moves.held.has(found) ? [] : [{ found, from: key }];
  });
  const [ours] = gone;
  if (ours !== undefined) return { found: ours.found, was: { type: "moved", from: ours.from } };
  const foreign = namesakes.find(({ owner }) => owner !== undefined && owner.project !== desired.project);
  return foreign === undefined ? undefined : ofAnotherProject(entity, foreign, options);
}

/**
 * Compares by the references that are known so far; the canonical form is made after the last rule. Tags are linked
 * after the create, so the object may lack some of them, but it may have no others.
 */
function equalsDeclared(entity: DesiredEntity, found: ObservedEntity, label: Label): boolean {
  if (found.spec === undefined) return false;
  const after = replaceReferences(entity.spec, entity.references, label);
  const before = replaceReferences(found.spec, found.references, label);
  const differing = compareSpecs({ before, after, sensitive: [] }).map((change) => change.path);
  return differing.every((path) => path === "/tags") && isSubset(before["tags"], after["tags"]);
}

function isSubset(part: unknown, whole: unknown): boolean {
  if (!Array.isArray(part) || !Array.isArray(whole)) return part === undefined;
  const texts = new Set(whole.map((item) => JSON.stringify(item)));
  return part.every((item) => texts.has(JSON.stringify(item)));
}

function nameTaken(entity: DesiredEntity, namesakes: readonly ObservedEntity[], input: MatchInput): BlockerFacts {
  const sole = soleLikeness(entity, namesakes, input);
  const likely = sole ?? likeliest(entity, namesakes, input);
  return {
    code: "KS4003",
    keys: [entity.key],
    objects: namesakesOf(namesakes, input),
    ...(sole === undefined ? {} : { sole: sole.id }),
    ...(likely === undefined ? {} : { likeliest: likely.id }),
  };
}
