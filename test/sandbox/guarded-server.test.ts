import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { guardServer } from "../../src/sandbox/guarded-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A server that ignores polite signals and has a child of its own. Each says its process id and a port it listens on. */
const stubborn = `
  process.on("SIGTERM", () => {});
  const say = 'const server = require("node:http").createServer().listen(0, "127.0.0.1", () => ' +
    'console.log(process.pid + " " + server.address().port))';
  require("node:child_process").spawn(process.execPath, ["-e", say], { stdio: "inherit" });
  eval(say);
`;

async function guarded(command: string, args: readonly string[], cleanup: readonly string[] = []) {
  const folder = await temporaryFolder();
  const logFile = join(folder, "server.log");
  const server = guardServer({ command, args, cwd: folder, logFile, folder, cleanup }, process.env);
  onTestFinished(() => server.end());
  return { server, folder, logFile };
}

/** A wait ends as soon as its condition holds; this is for a machine with much else to do. */
const slowest = { timeout: 30_000 };

/** What the servers have printed so far, once there are `count` lines: process id and port. */
async function printedBy(logFile: string, count: number): Promise<(readonly [pid: number, port: number])[]> {
  const lines = await vi.waitUntil(async () => {
    const found = (await readFile(logFile, "utf8")).split("\n");
    return found.length > count && found.slice(0, count);
  }, slowest);
  return lines.map((line) => line.split(" ").map(Number) as [number, number]);
}

it("kills the server with its children, removes the folder, and runs the cleanup", async () => {
  const witness = join(await temporaryFolder(), "cleaned");
  const { server, folder, logFile } = await guarded(process.execPath, ["-e", stubborn], ["touch", witness]);
  await server.start();
  const processes = await printedBy(logFile, 2);
  expect(processes.map(([pid]) => pid)).toContain(server.pid);

  await server.end();
  for (const [, port] of processes) {
    await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed"), slowest);
  }
  await expect(access(folder)).rejects.toThrow("ENOENT");
  await access(witness);
});

it("starts the server again after a kill, and keeps the folder until the end", async () => {
  const { server, logFile } = await guarded(process.execPath, ["-e", stubborn]);
  await server.start();
  const { pid: before } = server;
  await printedBy(logFile, 2);
  server.kill();
  await server.exited();
  expect(server.pid).toBeUndefined();
  await server.start();
  await printedBy(logFile, 4);
  expect(server.pid).not.toBe(before);
});

it("removes the folder of a server that has ended by itself", async () => {
  const { server, folder } = await guarded(process.execPath, ["-e", ""]);
  await server.start();
  await server.exited();
  await access(folder);
  await server.end();
  await expect(access(folder)).rejects.toThrow("ENOENT");
});

it("reports that the program cannot be run", async () => {
  const { server } = await guarded("/nonexistent/program", []);
  await expect(server.start()).rejects.toThrow("ENOENT");
});
