/**
 * Several unmanaged objects have the name of a declared entity. Their address and their group tell them apart: names
 * repeat on a server, but rarely with the same address in the same group.
 */
import {
  isEntityKey,
  type DesiredEntity,
  type KumaId,
  type ObservedEntity,
  type Reference,
} from "../../../model/entity.ts";
import { canonicalText, isWithin, type JsonObject } from "../../../model/json.ts";
import type { Namesake } from "../../../model/plan-facts.ts";
import { withoutUrlCredentials } from "../../../secrets/url-credentials.ts";
import { referencedId } from "../../canonical/references.ts";
import type { MatchInput } from "../match-rule.ts";

/**
 * The object that has the entity's address and group, and does not match another declared entity as well. Undefined if
 * there is none, or several.
 */
export function soleLikeness(
  entity: DesiredEntity,
  candidates: readonly ObservedEntity[],
  input: MatchInput,
): ObservedEntity | undefined {
  const alike = (one: DesiredEntity): readonly ObservedEntity[] =>
    candidates.filter((found) => likeness(one, found, input) === most);
  const [found, ...others] = alike(entity);
  if (found === undefined || others.length > 0) return undefined;
  return rivalsOf(entity, input).some((rival) => alike(rival).includes(found)) ? undefined : found;
}

/**
 * The object to propose for adoption: the most similar one, and never the same one for two declared entities. Undefined
 * if no object is more similar than the others.
 */
export function likeliest(
  entity: DesiredEntity,
  candidates: readonly ObservedEntity[],
  input: MatchInput,
): ObservedEntity | undefined {
  const pairs = [entity, ...rivalsOf(entity, input)].flatMap((one) =>
    candidates.map((found) => ({ one, found, score: likeness(one, found, input) })),
  );
  const ranked = pairs
    .filter(({ score }) => score > 0)
    .toSorted(
      (left, right) =>
        right.score - left.score || compareTexts(left.one.key, right.one.key) || left.found.id - right.found.id,
    );
  const settled = new Set<DesiredEntity>();
  const given = new Set<KumaId>();
  for (const { one, found } of ranked) {
    if (settled.has(one) || given.has(found.id)) continue;
    if (one === entity) return found;
    settled.add(one);
    given.add(found.id);
  }
  return undefined;
}

/** What a reader needs to tell the objects apart, without secrets. */
export function namesakesOf(objects: readonly ObservedEntity[], input: MatchInput): readonly Namesake[] {
  return objects.map((found) => {
    const group = groupName(found.spec?.["parent"] as Reference | null | undefined, input);
    const address = shownAddress(found);
    return {
      id: found.id,
      ...(group === undefined ? {} : { group }),
      ...(address === undefined ? {} : { address }),
    };
  });
}

const [ofAddress, ofGroup] = [2, 1] as const;
const most = ofAddress + ofGroup;

/**
 * A score; 0 if nothing matches. Objects without an address, such as groups and notifications, are compared by type.
 */
function likeness(entity: DesiredEntity, found: ObservedEntity, input: MatchInput): number {
  if (found.spec === undefined) return 0;
  const isThere = addressOf(entity.spec) === addressOf(found.spec);
  const group = (spec: JsonObject): string | undefined =>
    groupName(spec["parent"] as Reference | null | undefined, input);
  const isInGroup = group(entity.spec) === group(found.spec);
  return (isThere ? ofAddress : 0) + (isInGroup ? ofGroup : 0);
}

function addressOf({ type, url, hostname, port }: JsonObject): string {
  return canonicalText([type ?? null, url ?? null, hostname ?? null, port ?? null]);
}

/** By name, because the group may be adopted in the same plan. */
function groupName(parent: Reference | null | undefined, { desired, observed, index }: MatchInput): string | undefined {
  if (parent === null || parent === undefined) return undefined;
  if (isEntityKey(parent)) {
    const declared = desired.entities.get(parent);
    if (declared !== undefined) return declared.name;
  }
  if (typeof parent === "object" && "name" in parent) return parent.name;
  const id = referencedId(parent) ?? index.idOf("monitor", parent);
  return observed.entities.find((entity) => entity.kind === "monitor" && entity.id === id)?.name;
}

function shownAddress({ spec = {}, sensitive }: ObservedEntity): string | undefined {
  for (const name of ["url", "hostname"] as const) {
    const value = spec[name];
    if (typeof value === "string" && value !== "" && !isWithin(`/${name}`, sensitive))
      return withoutUrlCredentials(value);
  }
  return undefined;
}

/** Other declared entities with this name that have no object yet. */
function rivalsOf({ key, kind, name }: DesiredEntity, { desired, objects }: MatchInput): readonly DesiredEntity[] {
  return [...desired.entities.values()].filter(
    (other) => other.kind === kind && other.name === name && other.key !== key && !objects.ours.has(other.key),
  );
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
