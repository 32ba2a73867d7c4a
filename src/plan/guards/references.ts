import {
  isEntityKey,
  type DesiredEntity,
  type KindName,
  type ObservedEntity,
  type Reference,
} from "../../model/entity.ts";
import type { BlockerFacts, NamedObject } from "../../model/plan-facts.ts";
import type { AfterPlan } from "../effects/after-plan.ts";
import { entryPageOf } from "../../model/entry-page.ts";
import type { Guard, GuardInput } from "./guard.ts";

/**
 * Looks up every reference by name or id to an undeclared object before the first write. The server notices a wrong one
 * too late, when the links of a monitor are already gone, or never. References by key are checked in the configuration.
 */
export const checkReferences: Guard = (input) => {
  const { looked, binding } = input;
  return looked.flatMap((entity) => {
    const wanted = binding.pairs.get(entity.key)?.wanted ?? entity;
    return [
      ...wanted.references.flatMap(({ at, kind, to }): BlockerFacts[] => {
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

/** The type that the object has or gets in this plan. An unknown type is not a group. */
function typeAfter(target: ObservedEntity, { after }: GuardInput): unknown {
  return after.specOf(target)?.["type"];
}

/** The server accepts any slug, and its front page then answers with an error. */
function checkEntryPage(entity: DesiredEntity, input: GuardInput): readonly BlockerFacts[] {
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

/** The entity that this plan makes of the object; undefined if it is not changed. */
function declaredAs(target: ObservedEntity, { after }: GuardInput): DesiredEntity | undefined {
  const step = after.stepOn(target);
  const pair = step !== undefined && "changes" in step ? after.pairOf(target) : undefined;
  return pair?.desired.lifecycle.ignoreChanges.includes("/name") === true ? undefined : pair?.desired;
}

function notFound(
  { key }: DesiredEntity,
  kind: KindName,
  to: Exclude<Reference, string>,
  input: GuardInput,
): BlockerFacts {
  const { entities } = input.desired;
  const declared =
    "name" in to ? [...entities.values()].find((one) => one.kind === kind && one.name === to.name) : undefined;
  return {
    code: "KS4005",
    keys: [key],
    problem: "no-object",
    kind,
    to,
    ...(declared === undefined ? {} : { declaredAs: declared.key }),
    candidates: candidatesOf(kind, input),
  };
}

/**
 * Objects that the reference could name instead. Only unmanaged ones: others have a key, or belong to another project.
 */
function candidatesOf(kind: KindName, { observed }: GuardInput): readonly NamedObject[] {
  return observed.entities.filter((entity) => entity.kind === kind && entity.owner === undefined).map(named);
}

function noPage({ key }: DesiredEntity, slug: string, input: GuardInput): BlockerFacts {
  const candidates = candidatesOf("status-page", input);
  return { code: "KS4005", keys: [key], problem: "no-page", slug, candidates };
}

/** The page has the slug now, and this plan deletes the page or gives it another slug. */
function pageGoes({ key }: DesiredEntity, page: ObservedEntity, { after }: GuardInput): BlockerFacts {
  if (after.isDeleted(page)) {
    const gone = after.stepOn(page)?.key ?? key;
    return { code: "KS4026", keys: [key, gone], target: named(page), gone, isEntryPage: true };
  }
  const desired = after.pairOf(page)?.desired;
  return {
    code: "KS4005",
    keys: [key],
    problem: "page-renamed",
    slug: page.name,
    ...(desired === undefined ? {} : { by: desired.key }),
    newSlug: desired?.name ?? "",
  };
}

/** The plan renames the object, so the next plan would not find it by this name. */
function renames({ key }: DesiredEntity, target: ObservedEntity, renamed: DesiredEntity): BlockerFacts {
  const { key: by, name: newName } = renamed;
  return { code: "KS4005", keys: [key], problem: "renamed", target: named(target), by, newName };
}

function ambiguous({ key }: DesiredEntity, found: readonly ObservedEntity[]): BlockerFacts {
  const [{ kind, name }] = found as readonly [ObservedEntity, ...ObservedEntity[]];
  return { code: "KS4006", keys: [key], kind, name, ids: found.map(({ id }) => id) };
}

function notGroup({ key }: DesiredEntity, parent: ObservedEntity): BlockerFacts {
  return { code: "KS4024", keys: [key], parent: named(parent) };
}

function deleted({ key }: DesiredEntity, target: ObservedEntity, after: AfterPlan): BlockerFacts {
  const gone = after.stepOn(target)?.key ?? key;
  return { code: "KS4026", keys: [key, gone], target: named(target), gone, isEntryPage: false };
}

function named({ kind, id, name }: ObservedEntity): NamedObject {
  return { kind, id, name };
}
