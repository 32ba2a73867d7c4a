import { access, mkdir, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { hasCode, isAlive, takeLock } from "./install-lock.ts";
import { installPackage } from "./install-package.ts";
import type { SandboxOptions } from "./sandbox.ts";

export const packageVersion = "2.0.0-dev.0";

/** Returns the folder of the npm package (with `node_modules` in it), after installing it if necessary. */
export async function ensureInstalled(options: SandboxOptions): Promise<string> {
  const { onProgress = () => undefined, signal } = options;
  const cacheDir = options.cacheDir ?? defaultCacheDir(process.env);
  // The compiled part fits one processor architecture and, to be safe, one major version of Node.
  const [major] = process.versions.node.split(".");
  const folder = join(cacheDir, `uptime-kuma-${packageVersion}-node${major}-${process.arch}`);
  if (await exists(folder)) return folder;

  await mkdir(cacheDir, { recursive: true });
  const release = await takeLock(`${folder}.lock`, {
    onWait: () => onProgress("waiting for another process that is installing Uptime Kuma"),
    signal,
  });
  try {
    if (await exists(folder)) return folder;
    await removeAbandoned(folder);
    const partial = `${folder}${partialMark}${process.pid}`;
    try {
      await installPackage(partial, { onProgress, signal });
      await moveIntoPlace(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  } finally {
    await release();
  }
  return folder;
}

/** `KUMA_SYNC_CACHE_DIR`, otherwise `kuma-sync` in the user's cache folder. */
function defaultCacheDir(env: NodeJS.ProcessEnv): string {
  const named = env["KUMA_SYNC_CACHE_DIR"];
  if (named !== undefined && named !== "") return named;
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && xdg !== "") return join(xdg, "kuma-sync");
  const caches = process.platform === "darwin" ? join("Library", "Caches") : ".cache";
  return join(homedir(), caches, "kuma-sync");
}

/** The name of an unfinished install begins with this and ends with the process id; a rename finishes it. */
const partialMark = ".partial-";

async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}${partialMark}`;
  const names = (await readdir(dirname(folder))).filter((name) => name.startsWith(prefix));
  const abandoned = names.filter((name) => !isAlive(Number(name.slice(prefix.length))));
  await Promise.all(abandoned.map((name) => rm(join(dirname(folder), name), { recursive: true, force: true })));
}

async function moveIntoPlace(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    // Another process was first, with the same content.
    if (!hasCode(error, "ENOTEMPTY", "EEXIST")) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
