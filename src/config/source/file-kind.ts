import type { Stats } from "node:fs";

/** Why a directory entry cannot be read as a file, to follow `cannot read "path": `; undefined for a regular file. */
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
