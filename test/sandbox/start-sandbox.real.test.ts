/** The real server from the npm package. Files that need a server start their own, as here. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { io } from "socket.io-client";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isAlive } from "../../src/sandbox/install-lock.ts";
import { SandboxError } from "../../src/sandbox/sandbox-error.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { startEmptyServer } from "../contract/real-server.ts";
import { buildOnce } from "../setup/build-once.ts";

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startEmptyServer(options);
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

/** One event with its ack, on a socket of its own. */
async function emit(url: string, event: string, ...args: readonly unknown[]): Promise<unknown> {
  const socket = io(url, { transports: ["websocket"] });
  try {
    await once(socket as unknown as EventTarget & NodeJS.EventEmitter, "info");
    return (await socket.emitWithAck(event, ...args)) as unknown;
  } finally {
    socket.close();
  }
}

async function databaseInfo(url: string): Promise<unknown> {
  return (await fetch(`${url}/setup-database-info`)).json();
}

describe("startSandbox", () => {
  it("starts a server without users on loopback, and leaves nothing behind", async () => {
    const sandbox = await start();
    const { pid, dataDir, url } = sandbox;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await databaseInfo(url)).toMatchObject({ needSetup: false });
    expect(await emit(url, "needSetup")).toBe(true);

    await Promise.all([sandbox.stop(), sandbox.stop()]);
    expect(sandbox.pid).toBeUndefined();
    expect(isAlive(pid ?? 0)).toBe(false);
    await expect(access(dirname(dataDir))).rejects.toThrow("ENOENT");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("leaves the database wizard open when asked to", async () => {
    const { url } = await start({ databaseReady: false });
    expect(await databaseInfo(url)).toMatchObject({ needSetup: true });
  });

  it("keeps port and data over a kill and a restart", async () => {
    const sandbox = await start();
    const { url } = sandbox;
    expect(await emit(url, "setup", "admin", "passw0rd")).toMatchObject({ ok: true });
    sandbox.kill();
    await vi.waitUntil(() => sandbox.pid === undefined, { timeout: 30_000 });
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    await sandbox.restart();
    expect(await emit(url, "needSetup")).toBe(false);
  });

  it("gives servers that start at the same time their own ports and data", async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.url).not.toBe(two.url);
    await emit(one.url, "setup", "admin", "passw0rd");
    expect(await emit(two.url, "needSetup")).toBe(true);
  });

  it("reports that the wanted port is taken", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await once(squatter, "listening");
    onTestFinished(() => void squatter.close());
    const { port } = squatter.address() as { readonly port: number };
    const failure = startEmptyServer({ port });
    await expect(failure).rejects.toThrow(SandboxError);
    await expect(failure).rejects.toThrow("EADDRINUSE");
  });

  it("gives up at once when the signal is aborted", async () => {
    const reason = new Error("no longer wanted");
    await expect(startEmptyServer({ signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      cause: reason,
    });
  });

  it("ends with an owner that was killed by SIGKILL", async () => {
    const source = "src/sandbox/start-sandbox.ts";
    const module = join(buildOnce([], [source]), "dist/start-sandbox.js");
    const script = `
      const { startSandbox } = await import(${JSON.stringify(module)});
      const { url, pid, dataDir } = await startSandbox({ via: "npm" });
      console.log(JSON.stringify({ url, pid, dataDir }));
      setInterval(() => {}, 1000);
    `;
    const owner = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void owner.kill("SIGKILL"));
    const [line] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
    const { url, pid, dataDir } = JSON.parse(line) as {
      readonly url: string;
      readonly pid: number;
      readonly dataDir: string;
    };
    expect(await databaseInfo(url)).toMatchObject({ needSetup: false });

    owner.kill("SIGKILL");
    await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });
    await vi.waitFor(() => expect(access(dirname(dataDir))).rejects.toThrow("ENOENT"), { timeout: 10_000 });
  });
});
