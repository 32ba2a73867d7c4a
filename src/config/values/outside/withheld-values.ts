/** Values that are not read: a placeholder for each. Nothing here knows what a variable holds. */
import type { ContainedFiles } from "../../source/contained-files.ts";
import type { OutsideValues } from "./outside-values.ts";
import { placeholderFor } from "../../../secrets/placeholder.ts";

/** `names` are of the variables that are set. Files are looked for and not opened. */
export function withheldValues({
  names,
  files,
}: {
  readonly names: readonly string[];
  readonly files: ContainedFiles;
}): OutsideValues {
  const set = new Set(names);
  return {
    areReal: false,
    env(name) {
      return { text: placeholderFor(`env:${name}`), isPlaceholder: true, isAbsent: !set.has(name) };
    },
    file(folder, path) {
      const text = placeholderFor(`file:${path}`);
      const problem = files.look(folder, path);
      if (problem === undefined) return { text };
      // The file of a secret is often made where the configuration is applied.
      return problem.type === "missing" ? { text, warning: problem } : { problem };
    },
  };
}
