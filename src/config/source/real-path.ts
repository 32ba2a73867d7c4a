/** Resolves the links of a path, also if it leads to something that does not exist. */
import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Links; the system's own limit. */
const mostLinks = 40;

/** Resolves links as far as the path exists, and a link to something that does not exist. Changes nothing. */
export function realPath(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    if (parent === path || links > mostLinks) return path;
    const real = join(realPath(parent, links), basename(path));
    return isLink(real) ? realPath(resolve(dirname(real), readlinkSync(real)), links + 1) : real;
  }
}

export function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
