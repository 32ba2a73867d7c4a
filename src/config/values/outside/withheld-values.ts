/** Gives a placeholder for each value and reads none. */
import type { ContainedFiles } from "../../source/contained-files.ts";
import type { OutsideValues } from "./outside-values.ts";
import { placeholderFor } from "../../../secrets/placeholder.ts";

/** `names` are those of the variables that are set. Whether a file exists is checked, but it is not opened. */
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
      // The file of a secret is often created only on the machine where the configuration is applied.
      return problem.type === "missing" ? { text, warning: problem } : { problem };
    },
  };
}
