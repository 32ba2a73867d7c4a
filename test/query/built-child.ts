/**
 * The evaluation process runs JavaScript, the tests run the sources. This builds just the process's own files, once for
 * each state of the sources, so that a test never talks to yesterday's build.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cache = join(root, "node_modules", ".cache", "kuma-sync-evaluation");

/** The built `child.js` of the sources as they are now. */
export function builtChild(): string {
  return join(builtQueryFolder(), "child", "child.js");
}

/** The built `lab.js` of the sources as they are now, for a test whose lab runs in another process. */
export function builtLab(): string {
  return join(builtQueryFolder(), "lab.js");
}

function builtQueryFolder(): string {
  const folder = join(cache, hashOfSources());
  if (!existsSync(folder)) build(folder);
  return join(folder, "query");
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const files = ["src/query", "src/query/child", "src/query/verdict"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(root, folder, name)),
  );
  for (const file of files.toSorted()) hash.update(file).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function build(folder: string): void {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "build-"));
  const config = {
    extends: join(root, "tsconfig.build.json"),
    compilerOptions: {
      rootDir: join(root, "src"),
      outDir: work,
      declaration: false,
      sourceMap: false,
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: [],
    files: ["child/child", "lab"].map((name) => join(root, `src/query/${name}.ts`)),
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
  // Below node_modules no package.json of ours says that .js is a module.
  writeFileSync(join(work, "package.json"), `{ "type": "module" }`);
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(manifest), "bin", "tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", join(work, "tsconfig.json")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the evaluation process does not build:\n${stdout}${stderr}`);
  try {
    renameSync(work, folder);
  } catch {
    // Another test file was quicker.
    rmSync(work, { recursive: true });
  }
}
