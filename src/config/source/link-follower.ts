/** Which links a search for files follows. A pull request may hold one to `/`, or many that lead to each other. */
import { existsSync, realpath, realpathSync, stat } from "node:fs";
import type { GlobOptions } from "tinyglobby";

export interface LinkFollower {
  /** For the search: a link that it must not follow looks broken. */
  readonly fs: NonNullable<GlobOptions["fs"]>;
  /** Links to folders that `isAllowed` refused, so far. */
  readonly refused: () => readonly string[];
}

type LinkCallback = (error: NodeJS.ErrnoException | null, path: string) => void;

/** Each folder is entered by one link at most, and never again from below `root`. Links to files are for the reader to judge. */
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
