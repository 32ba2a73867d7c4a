/** The order of things, with a stand-in for npm. The real install is what every test with a real server runs on. */
import { spawnSync } from "node:child_process";
import { access, mkdir, readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { ensureInstalled } from "../../src/sandbox/ensure-installed.ts";
import { putOnPath } from "./programs-on-path.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Leaves what the real one leaves, as far as it is looked at: the package, its misplaced migration, the native module. */
const npm = `
const { mkdirSync, writeFileSync } = require("node:fs");
if (args[0] === "ci") {
  mkdirSync("node_modules/uptime-kuma/db/old_migrations", { recursive: true });
  writeFileSync("node_modules/uptime-kuma/db/patch-new.sql", "SELECT 1");
  mkdirSync("node_modules/@louislam/sqlite3/build", { recursive: true });
}
if (args[0] === "rebuild") writeFileSync("node_modules/@louislam/sqlite3/index.js", "");
`;

it("installs once when several processes ask at the same time, and not again later", async () => {
  const calls = await putOnPath("npm", npm);
  const cacheDir = await temporaryFolder();
  const folders = await Promise.all([1, 2, 3].map(() => ensureInstalled({ cacheDir })));
  folders.push(await ensureInstalled({ cacheDir }));

  expect(new Set(folders).size).toBe(1);
  expect((await calls()).map(([command]) => command)).toEqual(["ci", "rebuild"]);
  expect(await readdir(cacheDir)).toEqual([basename(folders[0] ?? "")]);
});

it("runs no install script but that of SQLite, and puts the migrations where the server looks for them", async () => {
  const calls = await putOnPath("npm", npm);
  const folder = await ensureInstalled({ cacheDir: await temporaryFolder() });
  const [install, rebuild] = await calls();
  expect(install).toContain("--ignore-scripts");
  expect(rebuild).toContain("@louislam/sqlite3");
  await access(join(folder, "node_modules/uptime-kuma/db/old_migrations/patch-new.sql"));
  await expect(access(join(folder, "node_modules/@louislam/sqlite3/build"))).rejects.toThrow("ENOENT");
});

it("asks npm for exactly the locked versions", async () => {
  await putOnPath("npm", npm);
  const folder = await ensureInstalled({ cacheDir: await temporaryFolder() });
  const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<
      Record<string, { readonly version?: string; readonly integrity?: string; readonly resolved?: string }>
    >;
  };
  const { "": root, ...packages } = lock.packages;
  expect(root).toMatchObject({ dependencies: { "uptime-kuma": "2.0.0-dev.0" } });
  // The engine of JSON queries: the verdicts of test vectors were taken with this one.
  expect(packages["node_modules/jsonata"]?.version).toBe("2.2.2");
  for (const entry of Object.values(packages)) {
    expect(entry.integrity).toMatch(/^sha512-/);
    expect(entry.resolved).toBeUndefined();
  }
});

it("leaves nothing behind when npm fails, prints npm's output, and can be tried again", async () => {
  await putOnPath("npm", `console.error("npm error ENOTFOUND"); process.exit(7);`);
  const cacheDir = await temporaryFolder();
  await expect(ensureInstalled({ cacheDir })).rejects.toThrow(/failed with code 7\nnpm error ENOTFOUND/);
  expect(await readdir(cacheDir)).toEqual([]);
  await putOnPath("npm", npm);
  await access(await ensureInstalled({ cacheDir }));
});

it("removes what a killed install has left", async () => {
  await putOnPath("npm", npm);
  const cacheDir = await temporaryFolder();
  const folder = await ensureInstalled({ cacheDir });
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const other = await temporaryFolder();
  await mkdir(join(other, `${basename(folder)}.partial-${pid}`));
  expect(basename(await ensureInstalled({ cacheDir: other }))).toBe(basename(folder));
  expect(await readdir(other)).toEqual([basename(folder)]);
});

it("keeps the package in the user's cache folder by default", async () => {
  await putOnPath("npm", npm);
  onTestFinished(() => void vi.unstubAllEnvs());
  const [own, cache, home] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  vi.stubEnv("HOME", home);
  vi.stubEnv("XDG_CACHE_HOME", cache);
  vi.stubEnv("KUMA_SYNC_CACHE_DIR", own);
  expect(dirname(await ensureInstalled({}))).toBe(own);
  vi.stubEnv("KUMA_SYNC_CACHE_DIR", "");
  expect(dirname(await ensureInstalled({}))).toBe(join(cache, "kuma-sync"));
  vi.stubEnv("XDG_CACHE_HOME", "");
  expect((await ensureInstalled({})).startsWith(home)).toBe(true);
});
