/** Decides which links a search for files follows. A pull request may add one to `/`, or many that lead to each other. */
import { existsSync, realpath, realpathSync, stat } from "node:fs";
import type { GlobOptions } from "tinyglobby";

export interface LinkFollower {
  /** The file system for the search; a link that must not be followed seems broken in it. */
  readonly fs: NonNullable<GlobOptions["fs"]>;
  /** The links to folders that `isAllowed` has refused so far. */
  readonly refused: () => readonly string[];
}

type LinkCallback = (error: NodeJS.ErrnoException | null, path: string) => void;

/** Follows at most one link to each folder, and none to `root`. Links to files are checked when they are read. */
export function linkFollower(root: string, isAllowed: (path: string) => boolean): LinkFollower {
  const entered = new Set<string>(existsSync(root) ? [realpathSync(root)] : []);
  const refused: string[] = [];
  const resolveLink = (path: string, report: LinkCallback): void => {
    realpath(path, (error, real) => {
      if (error !== null) return report(error, path);
      stat(real, (problem, about) => {
        if (problem !== null) return report(problem, path);
        if (!about.isDirectory()) return report(null, real);
        const isNew = !entered.has(real);
        entered.add(real);
        if (isNew && isAllowed(path)) return report(null, real);
        if (isNew) refused.push(path);
        report(Object.assign(new Error("not followed"), { code: "ELOOP" }), path);
      });
    });
  };
  return { fs: { realpath: resolveLink as typeof realpath }, refused: () => refused };
}
