/** What a removal must not do unasked: it cannot be undone. */
import { keyOfDuplicate } from "../../model/entity.ts";
import { isRemoval } from "../order/order-steps.ts";
import { countText, type Guard } from "./guard.ts";

export const checkEmpty: Guard = ({ desired, steps }, { allowEmpty }) => {
  const removals = steps.filter(isRemoval);
  if (allowEmpty || desired.entities.size > 0 || removals.length === 0) return [];
  const verb = removals.every(({ action }) => action === "delete") ? "deleted" : "removed";
  return [
    {
      code: "KS4004",
      message: `nothing is declared for project ${desired.project}, so everything it manages would be ${verb} (${removals.length})`,
      keys: removals.map((step) => step.key),
      waysOn: [
        "check that -f names the right files, and `project:` the right project",
        "--allow-empty if this is meant",
        "--no-deletes leaves everything as it is",
      ],
    },
  ];
};

export const checkDeletes: Guard = ({ steps }, { allowDeletes, asksDeletes = false }) => {
  const deletes = steps.filter(({ action, key }) => action === "delete" && keyOfDuplicate(key) === undefined);
  if (asksDeletes || deletes.length <= allowDeletes) return [];
  const hasMonitor = deletes.some(({ kind }) => kind === "monitor");
  const loss = hasMonitor ? "; deleting a monitor permanently erases its history" : "";
  // Nothing else can be paused.
  const mild = hasMonitor ? "`onRemove: pause` (monitors) or `onRemove: release`" : "`onRemove: release`";
  return [
    {
      code: "KS4001",
      message: `${countText(deletes.length, "object")} would be deleted${loss}`,
      keys: deletes.map((step) => step.key),
      waysOn: [
        `--allow-deletes ${deletes.length} deletes them`,
        "put them back into the configuration to keep them",
        `put them back with ${mild}, apply, and take them out again: nothing is lost`,
        "--no-deletes leaves them alone for now",
      ],
    },
  ];
};

/** The marker on the server says so, so the object stays protected after its block is gone. */
export const checkProtected: Guard = ({ binding: { orphans }, keepsRemoved }, { destroys = false }) => {
  if (keepsRemoved) return [];
  return orphans
    .filter(([, { owner }]) => owner?.isProtected === true && owner.isRetired !== true)
    .map(([key]) =>
      destroys
        ? {
            code: "KS4002",
            message: `${key} is protected`,
            keys: [key],
            waysOn: [`declare ${key} with \`protect: false\`, apply, and destroy then`],
          }
        : {
            code: "KS4002",
            message: `${key} is protected, and is no longer declared`,
            keys: [key],
            waysOn: [
              `declare ${key} again with \`protect: false\`, apply, and then take it out`,
              "--no-deletes leaves it alone for now",
            ],
          },
    );
};
