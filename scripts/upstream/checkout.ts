/** A folder with the source of an Uptime Kuma, as text. Nothing in it is ever run. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** The source does not look as it did when this program was written, so nothing can be said about a part of it. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
}

export interface SourceFile {
  /** Relative to the checkout, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Checkout {
  /** As its package.json says: `2.5.3`, `3.0.0-beta.0`. */
  readonly version: string;
  has(path: string): boolean;
  /** Throws UnreadableError if there is no such file. */
  file(path: string): SourceFile;
  /** The first of these that there is. Throws UnreadableError if there is none. */
  firstFile(...paths: readonly string[]): SourceFile;
  /** The files below a folder whose name ends so, sorted. Throws UnreadableError if there are none. */
  filesBelow(folder: string, ending: RegExp): readonly SourceFile[];
}

/** Where the files of a checkout are read from. Paths are relative, with slashes. */
export interface FileSource {
  /** Undefined if there is no such file. */
  read(path: string): string | undefined;
  /** All files below a folder; none if there is no such folder. */
  list(folder: string): readonly string[];
}

/** Bytes. The longest source file has 200,000. */
const longestFile = 5_000_000;

/** The files of a folder. */
export function folderSource(folder: string): FileSource {
  return {
    read(path) {
      const file = join(folder, path);
      if (!existsSync(file)) return undefined;
      if (statSync(file).size > longestFile) throw new UnreadableError(`${path} is too long`);
      return readFileSync(file, "utf8");
    },
    list(below) {
      if (!existsSync(join(folder, below))) return [];
      const entries = readdirSync(join(folder, below), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
    },
  };
}

/** Throws UnreadableError if the files are not those of Uptime Kuma. */
export function openCheckout(source: FileSource): Checkout {
  const has = (path: string): boolean => source.read(path) !== undefined;
  const file = (path: string): SourceFile => {
    const text = source.read(path);
    if (text === undefined) throw new UnreadableError(`there is no ${path}`);
    return { path, text };
  };
  return {
    version: versionOf(file("package.json")),
    has,
    file,
    firstFile(...paths) {
      const found = paths.find(has);
      if (found === undefined) throw new UnreadableError(`there is none of ${paths.join(", ")}`);
      return file(found);
    },
    filesBelow(folder, ending) {
      const paths = source.list(folder).filter((path) => ending.test(path));
      if (paths.length === 0) throw new UnreadableError(`there is no file ${ending.source} in ${folder}/`);
      return paths.toSorted().map(file);
    },
  };
}

function versionOf({ text }: SourceFile): string {
  const { name, version } = jsonOf({ path: "package.json", text });
  if (name !== "uptime-kuma" || typeof version !== "string") {
    throw new UnreadableError("package.json is not that of uptime-kuma");
  }
  return version;
}

/** Throws UnreadableError if it is not a JSON object. */
export function jsonOf({ path, text }: SourceFile): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw new UnreadableError(`${path} is not a JSON object`);
}
