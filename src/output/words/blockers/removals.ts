/** Blockers for deletes and for many changes at once. */
import type { BlockerText, FactsOf } from "../../../model/plan-facts.ts";
import { plural } from "../counts.ts";

export function deletesText({ keys, hasMonitor }: FactsOf<"KS4001">): BlockerText {
  const loss = hasMonitor ? "; deleting a monitor permanently erases its history" : "";
  // Only monitors can be paused.
  const mild = hasMonitor ? "`onRemove: pause` (monitors) or `onRemove: release`" : "`onRemove: release`";
  return {
    message: `${plural(keys.length, "object")} would be deleted${loss}`,
    waysOn: [
      `--allow-deletes ${keys.length} deletes them`,
      "put them back into the configuration to keep them",
      `put them back with ${mild}, apply, and take them out again: nothing is lost`,
      "--no-deletes leaves them alone for now",
    ],
  };
}

export function emptyText({ keys, project, loop, areDeletes }: FactsOf<"KS4004">): BlockerText {
  if (loop !== undefined) {
    const verb = areDeletes ? "deleted" : "removed";
    return {
      message: `the loop ${loop} makes nothing any more, so everything that it may have made would be ${verb} (${keys.length})`,
      waysOn: [
        "check the list of the loop, or the file that it names, and its when and enabled",
        "--allow-empty if this is meant",
        "--no-deletes leaves everything as it is",
      ],
    };
  }
  return {
    message: `nothing is declared for project ${project}, so everything it manages would be ${areDeletes ? "deleted" : "removed"} (${keys.length})`,
    waysOn: [
      "check that -f names the right files, and `project:` the right project",
      "--allow-empty if this is meant",
      "--no-deletes leaves everything as it is",
    ],
  };
}

export function protectedText({ keys: [key], destroys }: FactsOf<"KS4002">): BlockerText {
  return destroys
    ? {
        message: `${key} is protected`,
        waysOn: [`declare ${key} with \`protect: false\`, apply, and destroy then`],
      }
    : {
        message: `${key} is protected, and is no longer declared`,
        waysOn: [
          `declare ${key} again with \`protect: false\`, apply, and then take it out`,
          "--no-deletes leaves it alone for now",
        ],
      };
}

export function renamesText({ moves, entries }: FactsOf<"KS4009">): BlockerText {
  const lines = entries.map(({ from, to }) => `{ from: ${quoted(from)}, to: ${quoted(to)} }`);
  return {
    message: `${plural(moves.length, "delete")} with a create beside ${moves.length === 1 ? "it looks" : "them look"} like a rename: ${moves.map(({ from, to }) => `${from} as ${to}`).join(", ")}`,
    waysOn: [
      `\`moved: [${lines.join(", ")}]\` in the configuration keeps the history`,
      "--not-renamed if they are different things",
    ],
  };
}

/** A key with an expression is quoted: in YAML, `{` would begin a mapping. */
function quoted(key: string): string {
  return key.includes("{") ? `"${key}"` : key;
}

export function bulkText({ keys: { length: count }, limit, most, managed }: FactsOf<"KS4011">): BlockerText {
  const what = limit === "maxUpdatePercent" ? "change" : "be deleted";
  const isPercent = limit !== "maxDeletes";
  const raised = isPercent ? Math.ceil((count / managed) * 100) : count;
  return {
    message: isPercent
      ? `${count} of ${plural(managed, "managed object")} would ${what} at once, and the limit is ${most} %`
      : `${plural(count, "object")} would be deleted at once, and the limit is ${most}`,
    waysOn: [
      "check that -f names the right files, and that this is the right server",
      "--allow-bulk if this is meant",
      `\`policy: { ${limit}: ${raised} }\` raises the limit for good`,
      ...(limit === "maxUpdatePercent"
        ? []
        : [`--allow-deletes ${count} consents to exactly these deletes; other large changes stay refused`]),
    ],
  };
}

export function incompleteText({ keys, known }: FactsOf<"KS4014">): BlockerText {
  return {
    message: `${keys.length} of ${known} objects that were applied are not on the server`,
    waysOn: [
      "check that this is the right server, and that it has finished starting",
      "--allow-bulk if they were deleted, and are to be made again",
    ],
  };
}
