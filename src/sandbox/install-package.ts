import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compilerEnv } from "./compiler-env.ts";
import { runTool } from "./run-tool.ts";
import { SandboxError } from "./sandbox-error.ts";

interface InstallOptions {
  readonly onProgress: (text: string) => void;
  readonly signal: AbortSignal | undefined;
}

const nativePackage = "@louislam/sqlite3";

/** Installs the npm package into a folder, ready to start. Needs about 220 MB and a minute. */
export async function installPackage(folder: string, { onProgress, signal }: InstallOptions): Promise<void> {
  const started = performance.now();
  await mkdir(folder);
  const { default: lock } = await importLock();
  await writeFile(join(folder, "package-lock.json"), JSON.stringify(lock));
  // Newer releases of npm run only install scripts that are allowed by name.
  const manifest = { ...lock.packages[""], private: true, allowScripts: { [nativePackage]: true } };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));

  onProgress("installing Uptime Kuma into the cache (once; 660 packages, about 220 MB)");
  const quiet = ["--no-audit", "--no-fund", "--no-progress", "--no-update-notifier", "--loglevel=error"];
  const small = ["--omit=dev", "--omit=optional", "--omit=peer", "--ignore-scripts"];
  const install = runTool("npm", ["ci", ...small, ...quiet], { cwd: folder, signal });
  await withTicks(install, "still installing", onProgress);
  await restoreMigrations(join(folder, "node_modules", "uptime-kuma"));

  const compiler = await compilerEnv(process.env);
  onProgress(compiler.isCompiling ? "compiling SQLite for it (half a minute)" : "fetching SQLite for it");
  const rebuild = ["rebuild", nativePackage, "--ignore-scripts=false", "--foreground-scripts", ...quiet];
  const build = runTool("npm", rebuild, { cwd: folder, signal, env: { ...process.env, ...compiler.env } });
  await withTicks(build.catch(explain), "still compiling", onProgress);
  await runTool(process.execPath, ["-e", `require("${nativePackage}")`], { cwd: folder, signal });
  await removeBuildFolders(join(folder, "node_modules", nativePackage));

  onProgress(`installed Uptime Kuma in ${seconds(started)} s`);
}

/**
 * Every transitive version with its checksum, so that the installed server is always the same (its `jsonata` decides
 * verdicts). Made by `npm install --package-lock-only` in a folder whose only dependency is uptime-kuma@2.0.0-dev.0. Not
 * named package-lock.json, because it locks a server of 2023 for tests and not our own dependencies.
 */
function importLock(): Promise<{ readonly default: { readonly packages: { readonly "": object } } }> {
  return import("./uptime-kuma.lock.json", { with: { type: "json" } });
}

/**
 * The package has its newest migrations in `db/`, but its server looks for them in `db/old_migrations/` and exits if they
 * are missing (docs/upstream/uptime-kuma.md#the-npm-package).
 */
async function restoreMigrations(packageFolder: string): Promise<void> {
  const db = join(packageFolder, "db");
  const patches = (await readdir(db)).filter((name) => name.endsWith(".sql"));
  await Promise.all(patches.map((name) => cp(join(db, name), join(db, "old_migrations", name))));
}

/** Removes the object files of the compiler, 20 MB. */
async function removeBuildFolders(packageFolder: string): Promise<void> {
  const names = (await readdir(packageFolder)).filter((name) => /^build(-tmp.*)?$/.test(name));
  await Promise.all(names.map((name) => rm(join(packageFolder, name), { recursive: true, force: true })));
}

function explain(error: unknown): never {
  if (!(error instanceof SandboxError)) throw error;
  throw new SandboxError(error.message, {
    cause: error,
    hint: "compiling SQLite needs python3, make and a C++ compiler (Debian: apt-get install python3 make g++; macOS: xcode-select --install)",
  });
}

/** Reports progress every ten seconds, so that the install does not seem to hang. */
async function withTicks<T>(work: Promise<T>, text: string, onProgress: (text: string) => void): Promise<T> {
  const started = performance.now();
  const timer = setInterval(() => onProgress(`${text}, ${seconds(started)} s`), 10_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}
