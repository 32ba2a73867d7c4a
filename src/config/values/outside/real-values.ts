/** Reads values from the environment, and from files that the configuration may read. */
import { guess } from "../../../model/guess.ts";
import { isOwnVariable } from "./own-variable.ts";
import type { ContainedFiles } from "../../source/contained-files.ts";
import type { OutsideValues } from "./outside-values.ts";

export function realValues({
  env,
  files,
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: ContainedFiles;
}): OutsideValues {
  return {
    areReal: true,
    env(name) {
      const value = Object.hasOwn(env, name) ? env[name] : undefined;
      // CI systems pass missing secrets as empty texts, so an empty value counts as missing.
      if (value !== undefined && value !== "") return { text: value };
      const near = guess(
        name,
        Object.keys(env).filter((other) => !isOwnVariable(other)),
      );
      return { absent: value === undefined ? "not set" : "empty", near: near === name ? undefined : near };
    },
    file: (folder, path) => files.read(folder, path),
  };
}
