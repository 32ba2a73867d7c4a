import { spawnSync } from "node:child_process";
import { access, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { takeLock } from "../../src/sandbox/install-lock.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function lockFile(): Promise<string> {
  return join(await temporaryFolder(), "some.lock");
}

const quietly = { onWait: () => undefined, signal: undefined };

it("makes the second wait until the first is done, and notifies it once", async () => {
  const file = await lockFile();
  const release = await takeLock(file, quietly);
  const onWait = vi.fn<() => void>();
  const order: string[] = [];
  const second = takeLock(file, { onWait, signal: undefined }).then(() => order.push("second"));
  await vi.waitUntil(() => onWait.mock.calls.length > 0, { timeout: 30_000 });
  order.push("first done");
  await release();
  await second;
  expect(order).toEqual(["first done", "second"]);
  expect(onWait).toHaveBeenCalledTimes(1);
});

it("breaks the lock of a process that is gone", async () => {
  const file = await lockFile();
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  await writeFile(file, String(pid));
  const release = await takeLock(file, quietly);
  expect(await readFile(file, "utf8")).toBe(String(process.pid));
  await release();
  await expect(access(file)).rejects.toThrow("ENOENT");
});

it("breaks a lock that was not touched for long, although its process id is in use again", async () => {
  const file = await lockFile();
  await writeFile(file, String(process.pid));
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(file, longAgo, longAgo);
  const onWait = vi.fn<() => void>();
  await takeLock(file, { onWait, signal: undefined });
  expect(onWait).not.toHaveBeenCalled();
});

it("stops waiting when the signal is aborted", async () => {
  const file = await lockFile();
  await takeLock(file, quietly);
  const controller = new AbortController();
  const second = takeLock(file, { onWait: () => controller.abort(), signal: controller.signal });
  await expect(second).rejects.toThrow("aborted");
});
