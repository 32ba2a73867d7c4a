import {
  isEntityKey,
  type DesiredEntity,
  type KindName,
  type KumaId,
  type ObservedEntity,
  type Reference,
} from "../../model/entity.ts";
import type { Blocker } from "../../model/plan.ts";
import type { AfterPlan } from "../after-plan.ts";
import { effectiveEntity } from "../effective-entity.ts";
import { entryPageOf } from "../entry-page.ts";
import type { Guard, GuardInput } from "./guard.ts";

/**
 * Every reference to something that is not declared is looked up before the first write, by name and by id: the server
 * finds out half-way, when the links of a monitor are gone already, or it never does. A key is checked where it is written.
 */
export const checkReferences: Guard = (input) => {
  const { looked, binding } = input;
  return looked.flatMap((entity) => {
    const pair = binding.pairs.get(entity.key);
    const wanted = pair === undefined ? entity : effectiveEntity(entity, pair.observed);
    return [
      ...wanted.references.flatMap(({ at, kind, to }): Blocker[] => {
        if (isEntityKey(to)) return [];
        const found = lookUp(kind, to, input);
        const [target] = found;
        if (target === undefined) return [notFound(entity, kind, to, input)];
        if (found.length > 1) return [ambiguous(entity, found)];
        if (input.after.isDeleted(target)) return [deleted(entity, target, input.after)];
        return at === "/parent" && typeAfter(target, input) !== "group" ? [notGroup(entity, target)] : [];
      }),
      ...checkEntryPage(wanted, input),
    ];
  });
};

function lookUp(
  kind: KindName,
  to: Exclude<Reference, string>,
  { binding: { index } }: GuardInput,
): readonly ObservedEntity[] {
  if ("name" in to) return index.named(kind, to.name);
  const found = index.find(kind, to.id);
  return found === undefined ? [] : [found];
}

/** As the server has it, or as this plan changes it. An unknown type is no group. */
function typeAfter(target: ObservedEntity, { after }: GuardInput): unknown {
  return after.specOf(target)?.["type"];
}

/** The server takes any slug, and then answers its front page with an error. */
function checkEntryPage(entity: DesiredEntity, input: GuardInput): readonly Blocker[] {
  const slug = entryPageOf(entity);
  const { desired, observed, after } = input;
  if (slug === undefined || entity.lifecycle.ignoreChanges.includes("/entryPage")) return [];
  const isDeclared = [...desired.entities.values()].some(({ kind, name }) => kind === "status-page" && name === slug);
  const isThere = observed.entities.some(
    (page) => page.kind === "status-page" && (after.specOf(page)?.["slug"] ?? undefined) === slug,
  );
  return isDeclared || isThere ? [] : [notFound(entity, "status-page", { name: slug }, input)];
}

const mostNamed = 5;

function notFound(
  { key }: DesiredEntity,
  kind: KindName,
  to: Exclude<Reference, string>,
  { observed }: GuardInput,
): Blocker {
  const there = observed.entities.filter((entity) => entity.kind === kind && entity.owner === undefined);
  const named = there.slice(0, mostNamed).map(({ name, id }) => `"${name}" (id ${id})`);
  const more = there.length > named.length ? `, and ${there.length - named.length} more` : "";
  return {
    code: "KS4005",
    message: `${key} refers to a ${kind} ${"name" in to ? `named "${to.name}"` : `with the id ${to.id}`}, and the server has none`,
    keys: [key],
    waysOn: [
      named.length === 0
        ? `make the ${kind} on the server`
        : `name one that is on the server: ${named.join(", ")}${more}`,
      `declare it here and refer to it by its key`,
    ],
  };
}

function ambiguous({ key }: DesiredEntity, found: readonly ObservedEntity[]): Blocker {
  const [{ kind, name }] = found as readonly [ObservedEntity, ...ObservedEntity[]];
  const ids: readonly KumaId[] = found.map(({ id }) => id);
  return {
    code: "KS4006",
    message: `${key} refers to a ${kind} named "${name}", and the server has ${found.length} (ids ${ids.join(", ")})`,
    keys: [key],
    waysOn: [
      `refer to the one that is meant by its id, for example \`{ id: ${ids[0]} }\``,
      `give all but one another name on the server`,
      `declare it here and refer to it by its key`,
    ],
  };
}

function notGroup({ key }: DesiredEntity, { name, id }: ObservedEntity): Blocker {
  return {
    code: "KS4024",
    message: `${key} has the parent "${name}" (id ${id}), which is not a group`,
    keys: [key],
    waysOn: ["name a monitor of type group as its `parent`", "leave `parent` out to have it at the top level"],
  };
}

function deleted({ key }: DesiredEntity, target: ObservedEntity, after: AfterPlan): Blocker {
  const { kind, name, id } = target;
  const gone = after.stepOn(target)?.key ?? key;
  return {
    code: "KS4026",
    message: `${key} refers to the ${kind} "${name}" (id ${id}), which this plan deletes as ${gone}`,
    keys: [key, gone],
    waysOn: [
      `put ${gone} back into the configuration, and refer to it by its key`,
      `take the reference out of ${key}`,
      `put ${gone} back with \`onRemove: release\`, apply, and take it out again: it stays on the server, no longer managed`,
    ],
  };
}
