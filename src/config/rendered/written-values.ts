/** Values as they are written in a file: with expressions in place of what comes from outside, and literal texts escaped. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import { UsageError } from "../../model/errors.ts";
import { mapScalars, type Json, type JsonPointer } from "../../model/json.ts";
import type { ConfigFolder } from "../source/config-folder.ts";
import type { KnownValue } from "../values/provenance.ts";
import { literalText, writtenText } from "../values/text-parts.ts";

/** A path as it is written, for one that a file in `folder` names. */
export type PathIn = (path: string, folder: Pick<ConfigFolder, "path">) => string;

/** For a file that is written to the folder `target`. Throws UsageError for a path that no expression can hold. */
export function pathsFrom(target: string): PathIn {
  return (path, folder) => {
    if (isAbsolute(path) || resolve(folder.path) === resolve(target)) return path;
    const way = relative(target, resolve(folder.path, path)).split(sep).join("/");
    if (!/[}]|\$\{/u.test(way)) return way;
    throw new UsageError(
      `the path "${way}" cannot be written in an expression`,
      "give --out a file beside the configuration",
    );
  };
}

/** The value with expressions in it; `knownAt` says what is known of the value at a place. */
export function writtenValue(
  value: Json,
  { knownAt, pathIn }: { readonly knownAt: (pointer: JsonPointer) => KnownValue | undefined; readonly pathIn: PathIn },
): Json {
  return mapScalars(value, (scalar, pointer) => {
    const { parts, whole } = knownAt(pointer) ?? {};
    if (parts === undefined) return typeof scalar === "string" ? literalText(scalar) : scalar;
    // What stands for a number has to be one expression.
    const isSplit = typeof scalar !== "string" && parts.length > 1;
    return writtenText(isSplit && whole !== undefined ? [whole] : parts, pathIn);
  });
}
