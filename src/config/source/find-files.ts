/** Which files `-f` means: files, folders, globs and `-` for standard input. */
import { existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Finding } from "../../model/finding.ts";
import { outsideWhy, type ConfigFolder } from "./config-folder.ts";
import type { ContainedFiles } from "./contained-files.ts";
import { isStream } from "./is-stream.ts";
import type { Searched } from "./search.ts";

export const defaultFile = "monitors.yaml";
const stdinName = "<stdin>";

/** `path` is undefined for standard input. */
export interface FoundFile {
  readonly file: string;
  readonly path: string | undefined;
  /** Whose files it may name. */
  readonly folder: ConfigFolder;
}

/** In the order of `paths`, inside a folder or glob by name; a file that is found twice, links followed, counts once. */
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
    const { found, root, refused, isPattern } = await expand(path, cwd, contained);
    for (const link of refused) findings.push(notFollowed(shownName(link, cwd)));
    if (found.length === 0) findings.push(nothingFound(path, isPattern));
    for (const absolute of found) {
      const folder = { path: dirname(absolute), root: root ?? dirname(absolute) };
      const real = isStream(absolute) ? absolute : await realpath(absolute).catch(() => absolute);
      if (!files.has(real)) files.set(real, { file: shownName(absolute, cwd), path: absolute, folder });
    }
  }
  return { files: [...files.values()], findings };
}

interface Expanded extends Omit<Searched, "root"> {
  /** The folder that was searched. */
  readonly root?: string;
  /** It was no path, but a pattern for paths. */
  readonly isPattern: boolean;
}

async function expand(path: string, cwd: string, contained: ContainedFiles): Promise<Expanded> {
  const absolute = resolve(cwd, path);
  const about = await stat(absolute).catch(() => undefined);
  // A file may have brackets in its name, so a path is a pattern only if no such file exists.
  if (about?.isDirectory() === false) return { found: [absolute], refused: [], isPattern: false };
  // Loaded late, because most runs name their files.
  const { isPattern, searchFolder, searchPattern } = await import("./search.ts");
  if (about !== undefined) return { ...(await searchFolder(absolute, contained)), isPattern: false };
  if (!isPattern(path)) return { found: [absolute], refused: [], isPattern: false };
  return { ...(await searchPattern(path, cwd, contained)), isPattern: true };
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

/** No upward search for a tool that can delete; but if there is one above, say how to use it. */
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

function nothingFound(path: string, isPattern: boolean): Finding {
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
