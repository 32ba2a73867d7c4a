/** Which files `-f` means: files, folders, globs and `-` for standard input. */
import { existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { Finding } from "../../model/finding.ts";
import { linkFollower } from "./link-follower.ts";
import { outsideWhy, type ConfigFolder } from "./config-folder.ts";
import type { ContainedFiles } from "./contained-files.ts";
import { isStream } from "./is-stream.ts";

export const defaultFile = "monitors.yaml";
const stdinName = "<stdin>";

/** `path` is undefined for standard input. */
export interface FoundFile {
  readonly file: string;
  readonly path: string | undefined;
  /** Whose files it may name. */
  readonly folder: ConfigFolder;
}

/**
 * In the order of `paths`, inside a folder or glob by name; a file that is found twice, links followed, counts once.
 */
export async function findFiles(
  paths: readonly string[],
  cwd: string,
  contained: ContainedFiles,
): Promise<{ readonly files: readonly FoundFile[]; readonly findings: readonly Finding[] }> {
  if (paths.length === 0) return defaultFiles(cwd);
  const files = new Map<string, FoundFile>();
  const findings: Finding[] = [];
  for (const path of paths) {
    if (path === "-") {
      files.set("-", { file: stdinName, path: undefined, folder: { path: cwd, root: cwd } });
      continue;
    }
    const { found, root, refused } = await expand(path, cwd, contained);
    for (const link of refused) findings.push(notFollowed(shownName(link, cwd)));
    if (found.length === 0) findings.push(nothingFound(path));
    for (const absolute of found) {
      const folder = { path: dirname(absolute), root: root ?? dirname(absolute) };
      const real = isStream(absolute) ? absolute : await realpath(absolute).catch(() => absolute);
      if (!files.has(real)) files.set(real, { file: shownName(absolute, cwd), path: absolute, folder });
    }
  }
  return { files: [...files.values()], findings };
}

interface Expanded {
  readonly found: readonly string[];
  /** The folder that was searched. */
  readonly root?: string;
  /** Links to folders that the search may not enter. */
  readonly refused: readonly string[];
}

async function expand(path: string, cwd: string, contained: ContainedFiles): Promise<Expanded> {
  const absolute = resolve(cwd, path);
  const about = await stat(absolute).catch(() => undefined);
  if (about?.isDirectory() === true) return globbed("**/*.{yaml,yml}", { cwd: absolute, root: absolute, contained });
  // A file may have brackets in its name, so a path is a pattern only if no such file exists.
  if (about !== undefined || !isDynamicPattern(path)) return { found: [absolute], refused: [] };
  return globbed(path, { cwd, root: resolve(cwd, writtenFolder(path)), contained });
}

/** Of a pattern, the folders before the first part with a wildcard. */
function writtenFolder(pattern: string): string {
  const parts = pattern.split("/");
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, Math.max(0, first)).join("/") || (pattern.startsWith("/") ? "/" : ".");
}

async function globbed(
  pattern: string,
  { cwd, root, contained }: { readonly cwd: string; readonly root: string; readonly contained: ContainedFiles },
): Promise<Expanded> {
  const links = linkFollower(root, (path) => contained.look({ path: root, root }, path)?.type !== "outside");
  const options = { cwd, absolute: true, ignore: ["**/node_modules/**"], fs: links.fs };
  const found = await glob(pattern, options);
  return { found: found.map((path) => resolve(path)).toSorted(), root, refused: links.refused().toSorted() };
}

function notFollowed(link: string): Finding {
  return {
    code: "KS1107",
    severity: "warning",
    message: `"${link}" is not searched: it is a link that leads out of the folder`,
    hint: "if its files belong to the configuration, allow the folder that it leads to with --file-root DIR",
    why: outsideWhy,
  };
}

/**
 * kuma-sync does not search parent folders, because it can delete. If one of them has a configuration, the message says
 * how to use it.
 */
function defaultFiles(cwd: string): { readonly files: readonly FoundFile[]; readonly findings: readonly Finding[] } {
  const path = resolve(cwd, defaultFile);
  const folder = { path: cwd, root: cwd };
  if (existsSync(path)) return { files: [{ file: defaultFile, path, folder }], findings: [] };
  const above = fileAbove(cwd);
  const hint =
    above === undefined
      ? "name the configuration with -f FILE"
      : `there is one above: add -f ${shownName(above, cwd)} if you mean it`;
  return {
    files: [],
    findings: [{ code: "KS1008", severity: "error", message: `there is no "${defaultFile}" in this folder`, hint }],
  };
}

function fileAbove(cwd: string): string | undefined {
  let folder = resolve(cwd);
  while (dirname(folder) !== folder) {
    folder = dirname(folder);
    const candidate = join(folder, defaultFile);
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
}

function nothingFound(path: string): Finding {
  const isPattern = isDynamicPattern(path);
  return {
    code: "KS1008",
    severity: "error",
    message: isPattern ? `no file matches "${path}"` : `no YAML file in "${path}"`,
    hint: isPattern ? "quote the pattern so that the shell leaves it alone" : "files must end in .yaml or .yml",
  };
}

function shownName(absolute: string, cwd: string): string {
  return relative(cwd, absolute).split(sep).join("/");
}
