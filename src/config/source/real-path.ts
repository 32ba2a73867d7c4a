/** Where a path leads, also when what it leads to is not there. */
import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** As many as the system follows. */
const mostLinks = 40;

/** Without links, as far as the path exists; also where a link leads to something that does not exist. Reads only. */
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
