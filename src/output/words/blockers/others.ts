/** Blockers for changes that affect other objects, and for values that another object has. */
import type { BlockerText, FactsOf, Holder, KeepAdvice } from "../../../model/plan-facts.ts";
import type { EntityKey } from "../../../model/entity.ts";
import type { SideEffect, StepAction } from "../../../model/plan.ts";
import { plural } from "../counts.ts";

const mostNamed = 10;
const keepClone = "if this is a clone that you want to keep: remove its kuma-sync tag on the server";

export function sharedDeleteText({ keys: [key], users, keep }: FactsOf<"KS4025">): BlockerText {
  const verb = users.length === 1 ? "uses" : "use";
  return {
    message: `${key} would be deleted, and ${plural(users.length, "object")} outside this configuration ${verb} it: ${namesOf(users)}`,
    waysOn: [
      "--allow-shared-changes deletes it all the same; they lose their link to it",
      ...(keep === "put-back"
        ? [
            `put ${key} back into the configuration`,
            `put ${key} back with \`onRemove: release\`, apply, and take it out again: it stays on the server, no longer managed`,
            "--no-deletes leaves it alone for now",
          ]
        : [keepText(key, keep)]),
    ],
  };
}

export function groupText({ keys: [key], action, children, keep }: FactsOf<"KS4008">): BlockerText {
  const fate = children.some(({ type }) => type === "top-level")
    ? "they go to the top level"
    : "Uptime Kuma shows them as paused";
  return {
    message: `${reachText(key, action)}: ${namesOf(children)}`,
    waysOn: [
      "move the children out of the group on the server",
      keepText(key, keep),
      `--allow-shared-changes does it all the same; ${fate}`,
    ],
  };
}

function reachText(key: EntityKey | undefined, action: StepAction): string {
  if (action === "delete") return `${key} is a group with children that this project does not delete or move`;
  return action === "retire"
    ? `${key} is a group that would be paused over children that this project does not move`
    : `${key} is a group with children that this change reaches`;
}

function keepText(key: EntityKey | undefined, keep: KeepAdvice): string {
  switch (keep) {
    case "clone":
      return keepClone;
    // For `destroy`, where no block can be restored and no flag keeps a part of the project.
    case "release-first":
      return `declare ${key} with \`onRemove: release\`, apply, take it out, apply again, and destroy then: it stays on the server`;
    case "put-back":
      return `keep ${key} in the configuration`;
    case "stay-active":
      return `leave ${key} a group that is active`;
    default:
      return keep satisfies never;
  }
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

export function takenText({ keys: [key], what, value, holder }: FactsOf<"KS4027">): BlockerText {
  return {
    message: `${key} has the ${what} "${value}", which belongs to ${holderText(holder)}`,
    waysOn: [`write another one in ${key}`, "change the other page first, where it is declared or on the server"],
  };
}

export function tokenText({ keys: [key], holder }: FactsOf<"KS4028">): BlockerText {
  return {
    message: `${key} has the push token of ${holderText(holder)}`,
    waysOn: [
      `give ${key} another \`pushToken\`, or leave it out to get a random one`,
      "change the token of the other monitor on the server",
    ],
  };
}

function holderText({ kind, name, id, owner }: Holder): string {
  const by = owner === undefined ? "not managed" : `${owner.key} of project ${owner.project}`;
  return `${kind} "${name}" (id ${id}, ${by})`;
}
