/** Searches for the files of a folder or pattern of `-f`. */
import { resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { ContainedFiles } from "./contained-files.ts";
import { linkFollower } from "./link-follower.ts";

export interface Searched {
  /** Absolute paths, by name. */
  readonly found: readonly string[];
  /** The folder that was searched. */
  readonly root: string;
  /** Links to folders that the search must not enter. */
  readonly refused: readonly string[];
}

export const isPattern: (path: string) => boolean = isDynamicPattern;

/** All YAML files below the folder at `absolute`. */
export function searchFolder(absolute: string, contained: ContainedFiles): Promise<Searched> {
  return search("**/*.{yaml,yml}", { cwd: absolute, root: absolute, contained });
}

export function searchPattern(pattern: string, cwd: string, contained: ContainedFiles): Promise<Searched> {
  return search(pattern, { cwd, root: resolve(cwd, writtenFolder(pattern)), contained });
}

/** The folders of a pattern before its first part with a wildcard. */
function writtenFolder(pattern: string): string {
  const parts = pattern.split("/");
  const first = parts.findIndex((part) => isPattern(part));
  return parts.slice(0, Math.max(0, first)).join("/") || (pattern.startsWith("/") ? "/" : ".");
}

async function search(
  pattern: string,
  { cwd, root, contained }: { readonly cwd: string; readonly root: string; readonly contained: ContainedFiles },
): Promise<Searched> {
  const links = linkFollower(root, (path) => contained.look({ path: root, root }, path)?.type !== "outside");
  const options = { cwd, absolute: true, ignore: ["**/node_modules/**"], fs: links.fs };
  const found = await glob(pattern, options);
  return { found: found.map((path) => resolve(path)).toSorted(), root, refused: links.refused().toSorted() };
}
