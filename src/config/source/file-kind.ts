import type { Stats } from "node:fs";

/** Why something in a folder is not read as a file; undefined for a regular file. Follows `cannot read "path": `. */
export function kindProblem(
  stats: Pick<Stats, "isFile" | "isDirectory" | "isFIFO" | "isSocket" | "isSymbolicLink">,
): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return "it is a folder";
  const kind = stats.isFIFO()
    ? "a FIFO"
    : stats.isSocket()
      ? "a socket"
      : stats.isSymbolicLink()
        ? "a link"
        : "a device";
  return `it is ${kind}, and only regular files are read`;
}
