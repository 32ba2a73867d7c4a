/** The house as a table: `rooms` in oxlint.config.mjs, held against static, type and dynamic imports. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isDynamic: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .toSorted();

/** Comments name files too; an import statement never starts inside one, but an example in a docstring could. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//gu, "").replaceAll(/^\s*\/\/.*$/gmu, "");
}

function importsOf(file: string): Import[] {
  const text = withoutComments(readFileSync(join(source, file), "utf8"));
  const statements = [...text.matchAll(/^(?:import|export)\b[^;"]*?from\s+"(\.[^"]+)"/gmu)];
  const calls = [...text.matchAll(/\bimport\(\s*"(\.[^"]+)"\s*\)/gu)];
  const found = (matches: readonly RegExpExecArray[], isDynamic: boolean): Import[] =>
    matches.map(([, path = ""]) => ({ file, target: relative(source, join(source, dirname(file), path)), isDynamic }));
  return [...found(statements, false), ...found(calls, true)];
}

function roomOf(file: string): string {
  return file.split(/[\\/]/u)[0] as string;
}

const imports = files.flatMap(importsOf);
const { rooms } = (await import(new URL("../oxlint.config.mjs", import.meta.url).href)) as {
  readonly rooms: Readonly<Record<string, readonly string[]>>;
};

/** Files that import each other in a circle, as one path; undefined when there is none. */
function circleIn(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const circle = visit(next);
      if (circle !== undefined) return circle;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const circle = visit(file);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

describe("the rooms of src/", () => {
  it("are those of the table, and each exists", () => {
    expect([...new Set(files.map(roomOf))].toSorted()).toEqual(Object.keys(rooms).toSorted());
  });

  it("import only what the table allows, dynamic and type imports included", () => {
    const between = imports.filter(({ file, target }) => roomOf(file) !== roomOf(target));
    const wrong = between.filter(({ file, target }) => rooms[roomOf(file)]?.includes(roomOf(target)) !== true);
    expect(wrong).toEqual([]);
    expect(between.some(({ isDynamic }) => isDynamic)).toBe(true);
  });

  it("use every edge of the table", () => {
    const used = new Set(imports.map(({ file, target }) => `${roomOf(file)} → ${roomOf(target)}`));
    const unused = Object.entries(rooms)
      .flatMap(([room, allowed]) => allowed.map((other) => `${room} → ${other}`))
      .filter((edge) => !used.has(edge));
    expect(unused).toEqual([]);
  });

  it("have no circle between files, dynamic and type imports included", () => {
    const edges = new Map(
      files.map((file) => [file, imports.filter((found) => found.file === file).map(({ target }) => target)]),
    );
    expect(circleIn(edges)).toBeUndefined();
  });
});
