/**
 * The rooms of `src/` as a table: `rooms` in oxlint.config.mjs, compared with static, type and dynamic imports. And the
 * project of each test file: its name, compared with the servers that its imports can start.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isDynamic: boolean;
  /** `import type`: gone when the file runs. */
  readonly isType: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .toSorted();

/** Comments name files too; an import statement never starts inside one, but an example in a docstring could. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//gu, "").replaceAll(/^\s*\/\/.*$/gmu, "");
}

/** The relative imports of a file, of `src/` or of `test/`, as paths from `folder`. */
function importsOf(folder: string, file: string): Import[] {
  const text = withoutComments(readFileSync(join(folder, file), "utf8"));
  const statements = [...text.matchAll(/^(?:import|export)\b(?<type>\s+type\b)?[^;"]*?from\s+"(?<path>\.[^"]+)"/gmu)];
  const calls = [...text.matchAll(/\bimport\(\s*"(?<path>\.[^"]+)"\s*\)/gu)];
  const found = (matches: readonly RegExpExecArray[], isDynamic: boolean): Import[] =>
    matches.map(({ groups = {} }) => {
      const path = relative(folder, join(folder, dirname(file), groups["path"] as string));
      return { file, target: path.replaceAll("\\", "/"), isDynamic, isType: groups["type"] !== undefined };
    });
  return [...found(statements, false), ...found(calls, true)];
}

/** `read-moves` for `config/sections/read-moves.ts` and for its test, whichever servers that needs. */
function subjectOf(file: string): string {
  return basename(file).replace(/(?:\.(?:fake|real|both|open-webui|services))?(?:\.test)?\.ts$/u, "");
}

function roomOf(file: string): string {
  return file.split(/[\\/]/u)[0] as string;
}

/** Without what is beside `src/`: package.json. */
const imports = files.flatMap((file) => importsOf(source, file)).filter(({ target }) => !target.startsWith("../"));
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

/** Files that only a list imports, one file a row: those of a folder, and the faces of a service. */
const rowsOfLists =
  /^(?:kinds\/(?:monitor-types|notification-providers)|config\/rules)\/|^services\/[^/]+\/(?:signs|service|doctor\/doctor)\.ts$/u;

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

  it("have no file of more than 300 lines", () => {
    const lines = files.map(
      (file) => [file, readFileSync(join(source, file), "utf8").trimEnd().split("\n").length] as const,
    );
    expect(lines.filter(([, count]) => count > 300)).toEqual([]);
  });

  it("have no file of under 15 lines that a single file of the same room imports, lists of one file a row aside", () => {
    const tiny = files.filter((file) => readFileSync(join(source, file), "utf8").trimEnd().split("\n").length < 15);
    const crumbs = tiny.filter((file) => {
      const [only, ...others] = new Set(imports.filter(({ target }) => target === file).map((found) => found.file));
      return others.length === 0 && only !== undefined && roomOf(only) === roomOf(file);
    });
    expect(crumbs.filter((file) => !rowsOfLists.test(file))).toEqual([]);
  });

  it("define each exported name once, except in the lists of one file a row", () => {
    const byName = new Map<string, string[]>();
    for (const file of files.filter((name) => !rowsOfLists.test(name))) {
      const text = withoutComments(readFileSync(join(source, file), "utf8"));
      const exported = /^export (?:async |abstract )?(?:function|const|class|interface|type) (?<name>\w+)/gmu;
      for (const { groups: { name = "" } = {} } of text.matchAll(exported))
        byName.set(name, [...(byName.get(name) ?? []), file]);
    }
    expect([...byName].filter(([, places]) => places.length > 1)).toEqual([]);
    expect(byName.size).toBeGreaterThan(1000);
  });

  it("have no circle between files, dynamic and type imports included", () => {
    const edges = new Map(
      files.map((file) => [file, imports.filter((found) => found.file === file).map(({ target }) => target)]),
    );
    expect(circleIn(edges)).toBeUndefined();
  });
});

describe("the name of a test file", () => {
  const tests = join(root, "test");
  const testImports = new Map(
    readdirSync(tests, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.replaceAll("\\", "/"))
      .toSorted()
      .map((file) => [file, importsOf(tests, file).filter(({ isType }) => !isType)] as const),
  );
  const testFiles = [...testImports.keys()].filter((file) => file.endsWith(".test.ts"));

  /** The files below `test/` that run when `file` is imported. */
  function loadedBy(file: string, loaded = new Set<string>()): ReadonlySet<string> {
    for (const { target } of testImports.get(file) ?? []) {
      if (loaded.has(target)) continue;
      loaded.add(target);
      loadedBy(target, loaded);
    }
    return loaded;
  }

  function suffixFor(file: string): string {
    const loaded = loadedBy(file);
    if (loaded.has("open-webui/real/start-open-webui.ts")) return ".open-webui";
    if (loaded.has("services/real/start-program.ts")) return ".services";
    // The demo starts them in a process of its own.
    const text = readFileSync(join(tests, file), "utf8");
    if (/scripts\/demo\.mjs/u.test(text)) return text.includes("--real-open-webui") ? ".open-webui" : ".real";
    if (loaded.has("contract/real-server.ts")) return file.endsWith(".both.test.ts") ? ".both" : ".real";
    return loaded.has("fakes/kuma-server.ts") ? ".fake" : "";
  }

  it("says which servers it starts: .fake, .real, .both, .open-webui, .services, or none", () => {
    const misplaced = testFiles
      .map((file) => ({
        file,
        suffix: /(?:\.(?:fake|real|both|open-webui|services))?(?=\.test\.ts$)/u.exec(file)?.[0],
      }))
      .filter(({ file, suffix }) => suffix !== suffixFor(file))
      .map(({ file }) => `${file} must be named *${suffixFor(file)}.test.ts: it can start that server`);
    expect(misplaced).toEqual([]);
    expect(new Set(testFiles.map(suffixFor))).toEqual(
      new Set(["", ".fake", ".real", ".both", ".open-webui", ".services"]),
    );
  });

  it("that is the name of a file of src/ puts it in the folder of that file", () => {
    const roomsOfSource = new Set(files.map(roomOf));
    const misplaced = testFiles.filter((file) => {
      if (!roomsOfSource.has(roomOf(file))) return false;
      const [folder, name] = [dirname(file), subjectOf(file)];
      const namesakes = files
        .filter((other) => roomOf(other) === roomOf(file) && subjectOf(other) === name)
        .map((other) => dirname(other).replaceAll("\\", "/"));
      return namesakes.length > 0 && !namesakes.includes(folder);
    });
    expect(misplaced).toEqual([]);
  });

  it("that lies in a folder of a room mirrors a folder of src/", () => {
    const folders = new Set(files.map((file) => dirname(file).replaceAll("\\", "/")));
    const inRooms = testFiles.filter(
      (file) => file.includes("/") && [...folders].some((known) => roomOf(known) === roomOf(file)),
    );
    expect(
      inRooms.filter((file) => ![...folders].some((known) => `${known}/`.startsWith(`${dirname(file)}/`))),
    ).toEqual([]);
    expect(inRooms.length).toBeGreaterThan(100);
  });

  it("is .both only where the tests ask which servers to run on", () => {
    const both = testFiles.filter((file) => file.endsWith(".both.test.ts"));
    const fixed = both.filter((file) => !loadedBy(file).has("contract/servers.ts"));
    expect(fixed).toEqual([]);
  });

  it("cannot hide a real server: only test/contract/real-server.ts and test/sandbox/ start the sandbox", () => {
    const starters = [...testImports]
      .filter(([, found]) => found.some(({ target }) => target === "../src/sandbox/start-sandbox.ts"))
      .map(([file]) => file);
    expect(starters).toEqual(["contract/real-server.ts", "sandbox/docker-launcher.test.ts"]);
  });
});
