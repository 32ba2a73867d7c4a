/** What would reach objects of others: unmanaged ones, other projects', and ours that are no longer declared. */
import { keyOfDuplicate } from "../../model/entity.ts";
import type { Blocker, SideEffect, Step } from "../../model/plan.ts";
import { countText, type Guard, type GuardInput } from "./guard.ts";

const mostNamed = 10;

/** Those that are declared here and use it are refused for their reference. */
export const checkSharedDeletes: Guard = (input, { allowSharedChanges, destroys = false }) => {
  if (allowSharedChanges === true) return [];
  return input.steps.flatMap((step): Blocker[] => {
    const users = (step.sideEffects ?? []).filter((effect) => effect.type === "link" && !isDeclared(effect, input));
    if (users.length === 0) return [];
    const verb = users.length === 1 ? "uses" : "use";
    return [
      {
        code: "KS4025",
        message: `${step.key} would be deleted, and ${countText(users.length, "object")} outside this configuration ${verb} it: ${namesOf(users)}`,
        keys: [step.key],
        waysOn: [
          "--allow-shared-changes deletes it all the same; they lose their link to it",
          ...(destroys && keyOfDuplicate(step.key) === undefined ? [releaseFirst(step)] : waysToKeep(step)),
        ],
      },
    ];
  });
};

const keepClone = "if this is a clone that you want to keep: remove its kuma-sync tag on the server";

function waysToKeep({ key }: Step): readonly string[] {
  if (keyOfDuplicate(key) !== undefined) return [keepClone];
  return [
    `put ${key} back into the configuration`,
    `put ${key} back with \`onRemove: release\`, apply, and take it out again: it stays on the server, no longer managed`,
    "--no-deletes leaves it alone for now",
  ];
}

/** Before a project is destroyed: nothing has to be put back, and there is no flag to leave a part of it. */
function releaseFirst({ key }: Step): string {
  return `declare ${key} with \`onRemove: release\`, apply, take it out, apply again, and destroy then: it stays on the server`;
}

/**
 * The server unlinks the children of a deleted group without a word, and of one that becomes something else; those of a
 * paused one cannot be changed until it runs again (docs/upstream/uptime-kuma.md#groups). Children that this plan moves
 * or deletes are gone by then.
 */
export const checkGroups: Guard = (input, { allowSharedChanges, destroys = false }) => {
  if (allowSharedChanges === true) return [];
  return input.steps.flatMap((step): Blocker[] => {
    const children = (step.sideEffects ?? []).filter(
      (effect) => effect.type !== "link" && isGuarded(step, effect, input),
    );
    if (children.length === 0) return [];
    return [
      {
        code: "KS4008",
        message: `${groupText(step)}: ${namesOf(children)}`,
        keys: [step.key],
        waysOn: [
          "move the children out of the group on the server",
          destroys && keyOfDuplicate(step.key) === undefined ? releaseFirst(step) : wayToKeep(step),
          allowText(step),
        ],
      },
    ];
  });
};

/** Whoever writes `active: false` on a group means what the same project has in it. */
function isGuarded(step: Step, { type, owner }: SideEffect, { desired }: GuardInput): boolean {
  return type === "top-level" || step.action === "retire" || owner?.startsWith(`${desired.project}/`) !== true;
}

function groupText({ key, action }: Step): string {
  if (action === "delete") return `${key} is a group with children that this project does not delete or move`;
  return action === "retire"
    ? `${key} is a group that would be paused over children that this project does not move`
    : `${key} is a group with children that this change reaches`;
}

function wayToKeep({ key, action }: Step): string {
  if (keyOfDuplicate(key) !== undefined) return keepClone;
  return action === "delete" || action === "retire"
    ? `keep ${key} in the configuration`
    : `leave ${key} a group that is active`;
}

function allowText({ sideEffects = [] }: Step): string {
  return sideEffects.some(({ type }) => type === "top-level")
    ? "--allow-shared-changes does it all the same; they go to the top level"
    : "--allow-shared-changes does it all the same; Uptime Kuma shows them as paused";
}

function isDeclared({ kind, id }: SideEffect, { after }: GuardInput): boolean {
  return after.pairOf({ kind, id }) !== undefined;
}

/** `"Z" (id 12), "Y" (id 13, project shop)`. */
function namesOf(effects: readonly SideEffect[]): string {
  const named = effects.slice(0, mostNamed).map(({ kind, name, id, owner }) => {
    if (kind === "settings") return "the server's settings (entryPage)";
    const project = owner === undefined ? "" : `, ${owner}`;
    return `${kind === "monitor" ? "" : `${kind} `}"${name}" (id ${id}${project})`;
  });
  const more = effects.length - named.length;
  return `${named.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}
