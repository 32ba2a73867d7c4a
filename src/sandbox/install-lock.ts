import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds between two touches of the lock by its holder. If it is ten times older, the holder has ended. */
const touchInterval = 3000;

/**
 * Takes the lock file, waiting while a living process holds it, and returns a function that releases it.
 *
 * The lock only saves work: a rename completes each install, so two holders at once (possible for a moment when both
 * break the lock of a dead process) only install twice.
 */
export async function takeLock(
  file: string,
  options: { readonly onWait: () => void; readonly signal: AbortSignal | undefined },
): Promise<() => Promise<void>> {
  let hasWaited = false;
  while (!(await tryCreate(file))) {
    if (await isDead(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!hasWaited) options.onWait();
    hasWaited = true;
    await delay(250, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
  const touch = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, touchInterval).unref();
  return async () => {
    clearInterval(touch);
    await rm(file, { force: true });
  };
}

async function tryCreate(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function isDead(file: string): Promise<boolean> {
  try {
    const [pid, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    if (Date.now() - mtimeMs > 10 * touchInterval) return true;
    // The file is empty between its creation and the first write.
    return pid !== "" && !isAlive(Number(pid));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process lives, but belongs to another user.
    return hasCode(error, "EPERM");
  }
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
