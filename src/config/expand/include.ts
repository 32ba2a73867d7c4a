/** Reads `include:` at the top level: more files of the same configuration, relative to the file that names them. */
import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isScalar, isSeq, type ParsedNode } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { guess } from "../../model/guess.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import { childPlace } from "../source/child-place.ts";
import type { ContainedFiles } from "../source/contained-files.ts";
import type { FileProblem } from "../source/config-folder.ts";
import { expandPath, foundFile, notFollowed, nothingFound, shownName, type FoundFile } from "../source/find-files.ts";
import { unreadable } from "../source/read-config-file.ts";
import { resolved, spanOf } from "../source/positions.ts";
import type { SourceDocument } from "../source/source-document.ts";

export interface Include {
  /** The path of a file or folder, or a pattern, as written. */
  readonly path: string;
  readonly at: SourceSpan;
}

type Report = (finding: Finding) => void;

export function includesOf(document: SourceDocument, report: Report): readonly Include[] {
  const root = document.root === undefined ? undefined : childPlace({ document, node: document.root }, "include");
  const node = resolved(document, root?.node);
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  const items = isSeq<ParsedNode>(node) ? node.items : [node];
  return items.flatMap((item) => {
    const scalar = resolved(document, item);
    const at = spanOf({ document, node: item }, "value");
    const path = isScalar(scalar) && typeof scalar.value === "string" ? scalar.value : undefined;
    const problem = path === undefined ? 'each item of "include" must be a path' : notPath(path);
    if (path !== undefined && problem === undefined) return [{ path, at }];
    const code = path === undefined ? "KS1202" : "KS1756";
    const hint = "name a file or a folder, relative to this file";
    report({ code, severity: "error", message: problem ?? "", at, hint, pointer: "/include" });
    return [];
  });
}

/** Why a text is not a path to include: files are found before variables are known, and nothing is fetched. */
function notPath(path: string): string | undefined {
  if (path.trim() === "") return "an include needs a path";
  if (/^[a-z][a-z+.-]+:\/\//iu.test(path)) return "an include cannot be an address: nothing is fetched";
  return path.includes("${") ? "an include cannot have variables" : undefined;
}

interface IncludeOptions {
  readonly cwd: string;
  readonly contained: ContainedFiles;
  readonly report: Report;
}

/** The files of an include; those that must not or cannot be read are reported and left out. */
export async function findIncluded(
  { path, at }: Include,
  { folder }: Pick<SourceDocument, "folder">,
  { cwd, contained, report }: IncludeOptions,
): Promise<readonly FoundFile[]> {
  const isReadable = (one: string): boolean => {
    const problem = contained.look(folder, one);
    if (problem !== undefined)
      report({ ...unreadable(shownName(resolve(folder.path, one), cwd), problem), ...near(problem, one), at });
    return problem === undefined;
  };
  const near = ({ type }: FileProblem, one: string): Pick<Finding, "hint"> => {
    const name = type === "missing" ? nearFile(resolve(folder.path, one)) : undefined;
    return name === undefined ? {} : { hint: `did you mean "${join(dirname(path), name)}"?` };
  };
  // A folder that must not be read is not searched either.
  if (contained.look(folder, path)?.type === "outside" && !isReadable(path)) return [];
  const { found, refused, isPattern } = await expandPath(path, folder.path, contained);
  for (const link of refused) report({ ...notFollowed(link, cwd), at });
  if (found.length === 0) {
    const hint = isPattern ? { hint: "a pattern is relative to this file" } : {};
    report({ ...nothingFound(path, isPattern), ...hint, at });
  }
  return found.filter(isReadable).map((one) => foundFile(one, folder.root, cwd));
}

/** A YAML file of the same folder with a name similar to the missing one. */
function nearFile(absolute: string): string | undefined {
  try {
    const names = readdirSync(dirname(absolute)).filter((name) => yamlName.test(name));
    const near = guess(
      basename(absolute).replace(yamlName, ""),
      names.map((name) => name.replace(yamlName, "")),
    );
    return near === undefined ? undefined : names.find((name) => name.replace(yamlName, "") === near);
  } catch {
    return undefined;
  }
}

const yamlName = /\.ya?ml$/u;
