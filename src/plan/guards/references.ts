import {
  isEntityKey,
  type DesiredEntity,
  type EntityKey,
  type KindName,
  type KumaId,
  type ObservedEntity,
  type Reference,
} from "../../model/entity.ts";
import type { Blocker } from "../../model/plan.ts";
import type { AfterPlan } from "../effects/after-plan.ts";
import { entryPageOf } from "../../model/entry-page.ts";
import type { Guard, GuardInput } from "./guard.ts";

/**
 * Every reference to something that is not declared is looked up before the first write, by name and by id: the server
 * finds out half-way, when the links of a monitor are gone already, or it never does. A key is checked where it is written.
 */
export const checkReferences: Guard = (input) => {
  const { looked, binding } = input;
  return looked.flatMap((entity) => {
    const wanted = binding.pairs.get(entity.key)?.wanted ?? entity;
    return [
      ...wanted.references.flatMap(({ at, kind, to }): Blocker[] => {
        if (isEntityKey(to)) return [];
        const found = lookUp(kind, to, input);
        const [target] = found;
        if (target === undefined) return [notFound(entity, kind, to, input)];
        if (found.length > 1) return [ambiguous(entity, found)];
        if (input.after.isDeleted(target)) return [deleted(entity, target, input.after)];
        const renamed = "name" in to ? declaredAs(target, input) : undefined;
        if (renamed !== undefined && renamed.name !== target.name) return [renames(entity, target, renamed)];
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
  if (isDeclared || isThere) return [];
  const page = observed.entities.find(({ kind, name }) => kind === "status-page" && name === slug);
  return [page === undefined ? noPage(entity, slug, input) : pageGoes(entity, page, input)];
}

/** The entity that this plan makes of the object; undefined when nothing is changed about it. */
function declaredAs(target: ObservedEntity, { after }: GuardInput): DesiredEntity | undefined {
  const step = after.stepOn(target);
  const pair = step !== undefined && "changes" in step ? after.pairOf(target) : undefined;
  return pair?.desired.lifecycle.ignoreChanges.includes("/name") === true ? undefined : pair?.desired;
}

const mostNamed = 5;

function notFound({ key }: DesiredEntity, kind: KindName, to: Exclude<Reference, string>, input: GuardInput): Blocker {
  const declared =
    "name" in to
      ? [...input.desired.entities.values()].filter((entity) => entity.kind === kind && entity.name === to.name)
      : [];
  const what = `${key} refers to a ${kind} ${"name" in to ? `named "${to.name}"` : `with the id ${to.id}`}, and the server has none`;
  const [own] = declared;
  if (own !== undefined) {
    return {
      code: "KS4005",
      message: `${what}; ${own.key} is declared with this name`,
      keys: [key],
      waysOn: [`refer to ${own.key} by its key: \`${keyName(own.key)}\``],
    };
  }
  return {
    code: "KS4005",
    message: what,
    keys: [key],
    waysOn: [wayToName(kind, input), `declare it here and refer to it by its key`],
  };
}

/** What the reference may name instead. Only unmanaged objects: others have a key, or belong to another project. */
function wayToName(kind: KindName, { observed }: GuardInput): string {
  const there = observed.entities.filter((entity) => entity.kind === kind && entity.owner === undefined);
  const named = there.slice(0, mostNamed).map(({ name, id }) => `"${name}" (id ${id})`);
  const more = there.length > named.length ? `, and ${there.length - named.length} more` : "";
  return named.length === 0
    ? `make the ${kind} on the server`
    : `name one that is on the server: ${named.join(", ")}${more}`;
}

function noPage({ key }: DesiredEntity, slug: string, input: GuardInput): Blocker {
  return {
    code: "KS4005",
    message: `${key} has the entry page "${slug}", and no status page has this slug`,
    keys: [key],
    waysOn: [wayToName("status-page", input), "declare a status page with this `slug`"],
  };
}

/** The page has the slug now; this plan deletes it, or gives it another one. */
function pageGoes({ key }: DesiredEntity, page: ObservedEntity, input: GuardInput): Blocker {
  if (input.after.isDeleted(page)) {
    const gone = input.after.stepOn(page)?.key ?? key;
    return {
      code: "KS4026",
      message: `${key} has the entry page "${page.name}", which this plan deletes as ${gone}`,
      keys: [key, gone],
      waysOn: [
        `put ${gone} back into the configuration`,
        "write another `entryPage`",
        `put ${gone} back with \`onRemove: release\`, apply, and take it out again: it stays on the server, no longer managed`,
      ],
    };
  }
  const pair = input.after.pairOf(page);
  const slug = pair?.desired.name ?? "";
  return {
    code: "KS4005",
    message: `${key} has the entry page "${page.name}", and this plan gives ${pair?.desired.key ?? "that page"} the slug "${slug}"`,
    keys: [key],
    waysOn: [`write \`entryPage: ${slug}\``],
  };
}

/** By this name it would not be found in the next plan. */
function renames({ key }: DesiredEntity, { kind, name, id }: ObservedEntity, renamed: DesiredEntity): Blocker {
  return {
    code: "KS4005",
    message: `${key} refers to the ${kind} "${name}" (id ${id}), which this plan renames to "${renamed.name}"`,
    keys: [key],
    waysOn: [`refer to ${renamed.key} by its key: \`${keyName(renamed.key)}\``],
  };
}

/** `g` of `monitor/g`: references are written without the kind. */
function keyName(key: EntityKey): string {
  return key.slice(key.indexOf("/") + 1);
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
