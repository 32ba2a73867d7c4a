/**
 * Values that only one object can have, when another object has them. The server refuses them, or takes them away from
 * the other object.
 */
import type { DesiredEntity, KumaId, ObservedEntity } from "../../model/entity.ts";
import type { Json } from "../../model/json.ts";
import type { BlockerFacts, FactsOf, Holder } from "../../model/plan-facts.ts";
import type { Guard, GuardInput } from "./guard.ts";

/** A page that would be adopted or taken over by its slug gets that blocker instead. */
export const checkPages: Guard = (input) => {
  const { looked, observed, binding, after } = input;
  const pages = observed.entities.filter(({ kind }) => kind === "status-page");
  const refused = new Set(binding.blockers.flatMap(({ keys }) => keys));
  return looked.flatMap((entity) => {
    if (entity.kind !== "status-page" || refused.has(entity.key)) return [];
    const { id, wanted } = wantedOf(entity, input);
    const others = pages.filter((page) => page.id !== id);
    const withSlug = others.find((page) => after.specOf(page)?.["slug"] === wanted.spec["slug"]);
    return [
      ...(withSlug === undefined ? [] : [taken(entity, { what: "slug", value: entity.name }, withSlug)]),
      ...textsOf(wanted.spec["domainNames"]).flatMap((domain) => {
        const holder = others.find((page) => textsOf(after.specOf(page)?.["domainNames"]).includes(domain));
        return holder === undefined ? [] : [taken(entity, { what: "domain", value: domain }, holder)];
      }),
    ];
  });
};

/** The server gives a call to the first running monitor with the token, whatever its type. */
export const checkPushTokens: Guard = (input) => {
  const { looked, observed, after } = input;
  const wanting = looked.flatMap((entity) => {
    const { id, wanted } = entity.kind === "monitor" ? wantedOf(entity, input) : { id: undefined, wanted: entity };
    const token = wanted.spec["pushToken"];
    return entity.kind === "monitor" && typeof token === "string" && token !== "" ? [{ entity, id, token }] : [];
  });
  if (wanting.length === 0) return [];
  const holders = new Map<string, ObservedEntity[]>();
  for (const monitor of observed.entities) {
    if (monitor.kind !== "monitor" || after.isDeleted(monitor)) continue;
    const token = after.specOf(monitor)?.["pushToken"] ?? monitor.row["pushToken"];
    if (typeof token === "string") holders.set(token, [...(holders.get(token) ?? []), monitor]);
  }
  return wanting.flatMap(({ entity, id, token }): BlockerFacts[] => {
    const other = holders.get(token)?.find((monitor) => monitor.id !== id);
    if (other === undefined) return [];
    return [{ code: "KS4028", keys: [entity.key], holder: holderOf(other) }];
  });
};

function wantedOf(
  entity: DesiredEntity,
  { binding: { pairs } }: GuardInput,
): { readonly id: KumaId | undefined; readonly wanted: DesiredEntity } {
  const pair = pairs.get(entity.key);
  return pair === undefined ? { id: undefined, wanted: entity } : { id: pair.observed.id, wanted: pair.wanted };
}

function taken(
  { key }: DesiredEntity,
  taking: Pick<FactsOf<"KS4027">, "what" | "value">,
  page: ObservedEntity,
): BlockerFacts {
  return { code: "KS4027", keys: [key], ...taking, holder: holderOf(page) };
}

function holderOf({ kind, name, id, owner }: ObservedEntity): Holder {
  return { kind, name, id, ...(owner === undefined ? {} : { owner: { project: owner.project, key: owner.key } }) };
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
