/** Blockers of references to objects that are not declared. */
import type { BlockerText, FactsOf, NamedObject } from "../../../model/plan-facts.ts";
import { localKey, type KindName } from "../../../model/entity.ts";

const mostNamed = 5;

export function referenceText({ keys: [key], ...facts }: FactsOf<"KS4005">): BlockerText {
  switch (facts.problem) {
    case "no-object": {
      const { kind, to, declaredAs, candidates } = facts;
      const what = `${key} refers to a ${kind} ${"name" in to ? `named "${to.name}"` : `with the id ${to.id}`}, and the server has none`;
      return declaredAs === undefined
        ? {
            message: what,
            waysOn: [wayToName(kind, candidates), "declare it here and refer to it by its key"],
          }
        : {
            message: `${what}; ${declaredAs} is declared with this name`,
            waysOn: [`refer to ${declaredAs} by its key: \`${localKey(declaredAs)}\``],
          };
    }
    case "no-page":
      return {
        message: `${key} has the entry page "${facts.slug}", and no status page has this slug`,
        waysOn: [wayToName("status-page", facts.candidates), "declare a status page with this `slug`"],
      };
    case "page-renamed":
      return {
        message: `${key} has the entry page "${facts.slug}", and this plan gives ${facts.by ?? "that page"} the slug "${facts.newSlug}"`,
        waysOn: [`write \`entryPage: ${facts.newSlug}\``],
      };
    case "renamed": {
      const { target, by, newName } = facts;
      return {
        message: `${key} refers to the ${objectText(target)}, which this plan renames to "${newName}"`,
        waysOn: [`refer to ${by} by its key: \`${localKey(by)}\``],
      };
    }
    default:
      return facts satisfies never;
  }
}

/** Suggests what the reference may name instead. */
function wayToName(kind: KindName, candidates: readonly NamedObject[]): string {
  const named = candidates.slice(0, mostNamed).map(({ name, id }) => `"${name}" (id ${id})`);
  const more = candidates.length > named.length ? `, and ${candidates.length - named.length} more` : "";
  return named.length === 0
    ? `make the ${kind} on the server`
    : `name one that is on the server: ${named.join(", ")}${more}`;
}

export function ambiguousText({ keys: [key], kind, name, ids }: FactsOf<"KS4006">): BlockerText {
  return {
    message: `${key} refers to a ${kind} named "${name}", and the server has ${ids.length} (ids ${ids.join(", ")})`,
    waysOn: [
      `refer to the one that is meant by its id, for example \`{ id: ${ids[0]} }\``,
      "give all but one another name on the server",
      "declare it here and refer to it by its key",
    ],
  };
}

export function notGroupText({ keys: [key], parent: { name, id } }: FactsOf<"KS4024">): BlockerText {
  return {
    message: `${key} has the parent "${name}" (id ${id}), which is not a group`,
    waysOn: ["name a monitor of type group as its `parent`", "leave `parent` out to have it at the top level"],
  };
}

export function deletedTargetText({ keys: [key], target, gone, isEntryPage }: FactsOf<"KS4026">): BlockerText {
  const release = `put ${gone} back with \`onRemove: release\`, apply, and take it out again: it stays on the server, no longer managed`;
  return isEntryPage
    ? {
        message: `${key} has the entry page "${target.name}", which this plan deletes as ${gone}`,
        waysOn: [`put ${gone} back into the configuration`, "write another `entryPage`", release],
      }
    : {
        message: `${key} refers to the ${objectText(target)}, which this plan deletes as ${gone}`,
        waysOn: [
          `put ${gone} back into the configuration, and refer to it by its key`,
          `take the reference out of ${key}`,
          release,
        ],
      };
}

function objectText({ kind, name, id }: NamedObject): string {
  return `${kind} "${name}" (id ${id})`;
}
