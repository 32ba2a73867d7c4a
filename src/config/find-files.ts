/** Which files `-f` means: files, folders, globs and `-` for standard input. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { Finding } from "../model/finding.ts";

export const defaultFile = "monitors.yaml";
const stdinName = "<stdin>";

/** `path` is undefined for standard input. */
export interface FoundFile {
  readonly file: string;
  readonly path: string | undefined;
}

/** In the order of `paths`, inside a folder or glob by name; a file that is named twice counts once. */
export async function findFiles(
  paths: readonly string[],
  cwd: string,
): Promise<{ readonly files: readonly FoundFile[]; readonly findings: readonly Finding[] }> {
  if (paths.length === 0) return defaultFiles(cwd);
  const files = new Map<string, FoundFile>();
  const findings: Finding[] = [];
  for (const path of paths) {
    if (path === "-") {
      files.set("-", { file: stdinName, path: undefined });
      continue;
    }
    const found = await expand(path, cwd);
    if (found.length === 0) findings.push(nothingFound(path));
    for (const absolute of found) files.set(absolute, { file: shownName(absolute, cwd), path: absolute });
  }
  return { files: [...files.values()], findings };
}

async function expand(path: string, cwd: string): Promise<readonly string[]> {
  const absolute = resolve(cwd, path);
  const about = await stat(absolute).catch(() => undefined);
  if (about?.isDirectory() === true) return globbed("**/*.{yaml,yml}", absolute);
  // A file may have brackets in its name; only a path that is no file is a pattern.
  if (about !== undefined || !isDynamicPattern(path)) return [absolute];
  return globbed(path, cwd);
}

async function globbed(pattern: string, cwd: string): Promise<readonly string[]> {
  const found = await glob(pattern, { cwd, absolute: true, ignore: ["**/node_modules/**"] });
  return found.map((path) => resolve(path)).toSorted();
}

/** No upward search for a tool that can delete; but if there is one above, say how to use it. */
function defaultFiles(cwd: string): { readonly files: readonly FoundFile[]; readonly findings: readonly Finding[] } {
  const path = resolve(cwd, defaultFile);
  if (existsSync(path)) return { files: [{ file: defaultFile, path }], findings: [] };
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
