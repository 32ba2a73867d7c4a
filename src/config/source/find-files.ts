/** Finds the files of `-f`: files, folders, globs and `-` for standard input. */
import { existsSync, statSync, type Stats } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Finding } from "../../model/finding.ts";
import { outsideWhy, type ConfigFolder } from "./config-folder.ts";
import type { ContainedFiles } from "./contained-files.ts";
import { isStream } from "./is-stream.ts";
import { realPath } from "./real-path.ts";
import type { Searched } from "./search.ts";

export const defaultFile = "monitors.yaml";
const stdinName = "<stdin>";

/** `path` is undefined for standard input. */
export interface FoundFile {
  /** Identifies the file: its path after following links. */
  readonly id: string;
  readonly file: string;
  readonly path: string | undefined;
  /** The folders of the files that it may name. */
  readonly folder: ConfigFolder;
}

interface Found {
  readonly files: readonly FoundFile[];
  readonly findings: readonly Finding[];
}

/** Files are in the order of `paths`, and by name within a folder or glob. Each file is returned once. */
export async function findFiles(paths: readonly string[], cwd: string, contained: ContainedFiles): Promise<Found> {
  if (paths.length === 0) return defaultFiles(cwd);
  const files = new Map<string, FoundFile>();
  const findings: Finding[] = [];
  for (const path of paths) {
    if (path === "-") {
      files.set("-", { id: "-", file: stdinName, path: undefined, folder: { path: cwd, root: cwd } });
      continue;
    }
    const { found, root, refused, isPattern } = await expandPath(path, cwd, contained);
    for (const link of refused) findings.push(notFollowed(link, cwd));
    if (found.length === 0) findings.push(nothingFound(path, isPattern));
    for (const absolute of found) {
      const file = foundFile(absolute, root ?? dirname(absolute), cwd);
      if (!files.has(file.id)) files.set(file.id, file);
    }
  }
  return { files: [...files.values()], findings };
}

/** Paths are absolute; `root` is the folder in which the files must lie that the file names. */
export function foundFile(absolute: string, root: string, cwd: string): FoundFile {
  const id = isStream(absolute) ? absolute : realPath(absolute);
  return { id, file: shownName(absolute, cwd), path: absolute, folder: { path: dirname(absolute), root } };
}

interface Expanded extends Omit<Searched, "root"> {
  /** The folder that was searched. */
  readonly root?: string;
  /** True for a glob pattern, false for a path. */
  readonly isPattern: boolean;
}

/** The files of a path (of a file or a folder) or a pattern. The path of a missing file is returned, too. */
export async function expandPath(path: string, cwd: string, contained: ContainedFiles): Promise<Expanded> {
  const absolute = resolve(cwd, path);
  const about = statsOf(absolute);
  // A file may have brackets in its name, so a path is a pattern only if no such file exists.
  if (about?.isDirectory() === false) return { found: [absolute], refused: [], isPattern: false };
  // Loaded only if necessary, because most runs name their files.
  const { isPattern, searchFolder, searchPattern } = await import("./search.ts");
  if (about !== undefined) return { ...(await searchFolder(absolute, contained)), isPattern: false };
  if (!isPattern(path)) return { found: [absolute], refused: [], isPattern: false };
  return { ...(await searchPattern(path, cwd, contained)), isPattern: true };
}

/** Undefined if the path cannot be looked at. */
function statsOf(absolute: string): Stats | undefined {
  try {
    return statSync(absolute);
  } catch {
    return undefined;
  }
}

/** `link` is absolute. */
export function notFollowed(link: string, cwd: string): Finding {
  return {
    code: "KS1107",
    severity: "warning",
    message: `"${shownName(link, cwd)}" is not searched: it is a link that leads out of the folder`,
    hint: "if its files belong to the configuration, allow the folder that it leads to with --file-root DIR",
    why: outsideWhy,
  };
}

/** Folders above are not searched, because kuma-sync can delete; but a hint says how to use a file found there. */
function defaultFiles(cwd: string): Found {
  const path = resolve(cwd, defaultFile);
  if (existsSync(path)) return { files: [foundFile(path, cwd, cwd)], findings: [] };
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

export function nothingFound(path: string, isPattern: boolean): Finding {
  return {
    code: "KS1008",
    severity: "error",
    message: isPattern ? `no file matches "${path}"` : `no YAML file in "${path}"`,
    hint: isPattern ? "quote the pattern so that the shell leaves it alone" : "files must end in .yaml or .yml",
  };
}

export function shownName(absolute: string, cwd: string): string {
  return relative(cwd, absolute).split(sep).join("/");
}
