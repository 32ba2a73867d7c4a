import { keyPattern } from "../../model/entity.ts";
import { UsageError } from "../../model/errors.ts";

/** Checks `--project`. Throws UsageError for a name that no configuration could use. */
export function checkProject(project: string | undefined): void {
  if (project === undefined || new RegExp(keyPattern, "u").test(project)) return;
  throw new UsageError(
    "that cannot be a project",
    "letters, digits, dot, dash and underscore, a letter or digit first",
  );
}
