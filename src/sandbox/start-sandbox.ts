import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerLauncher, isDockerAnswering } from "./docker-launcher.ts";
import { guardServer } from "./guarded-server.ts";
import { npmLauncher } from "./npm-launcher.ts";
import type { Sandbox, SandboxOptions, ServerLauncher } from "./sandbox.ts";
import { isPortTaken, waitUntilReady } from "./wait-until-ready.ts";

/** Attempts to find a port: after a free one is found, another process may take it before the server does. */
const portAttempts = 5;

/**
 * Starts a real Uptime Kuma on loopback in a temporary folder and resolves when it answers. `stop()` ends it, and so does
 * any end of this process. Throws SandboxError, or the signal's reason.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { via = "auto", onProgress } = options;
  if (via === "npm" || (via === "auto" && !(await isDockerAnswering())))
    return start(await npmLauncher(options), options);
  try {
    return await start(await dockerLauncher(options), options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (via === "docker") throw error;
    // Docker may fail: pulling needs a registry, and a remote or rootless daemon publishes its ports elsewhere.
    onProgress?.(`Docker did not work (${firstLine(error)}); using the npm package instead`);
    return start(await npmLauncher(options), options);
  }
}

async function start(launcher: ServerLauncher, options: SandboxOptions): Promise<Sandbox> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(launcher, options.port ?? (await freePort()), options);
    } catch (error) {
      if (options.port !== undefined || attempt === portAttempts || !isPortTaken(error)) throw error;
    }
  }
}

async function startOnPort(launcher: ServerLauncher, port: number, options: SandboxOptions): Promise<Sandbox> {
  const { databaseReady = true, signal } = options;
  const url = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-sandbox-"));
  const logFile = join(folder, "server.log");
  const launch = await launcher.launch({ port, folder, databaseReady });
  const server = guardServer({ ...launch, logFile, folder }, cleanEnv(process.env, launch.env));

  const run = async (isWizardWanted: boolean) => {
    await writeFile(logFile, "");
    await server.start();
    const { listening } = launch;
    await waitUntilReady({ url, server, logFile, listening, isWizardWanted, limit: launcher.startLimit, signal });
  };

  try {
    await run(!databaseReady);
  } catch (error) {
    await server.end();
    throw error;
  }
  return {
    url,
    version: launcher.version,
    via: launcher.via,
    dataDir: launch.dataDir,
    loopback: launcher.loopback,
    get pid() {
      return server.pid;
    },
    stop: () => server.end(),
    kill: () => server.kill(),
    async restart() {
      if (launcher.via === "docker") throw new TypeError("a container keeps no data, so it cannot be restarted");
      if (server.pid !== undefined) server.kill();
      await server.exited();
      await run(false);
    },
  };
}

/** The variables that the started programs need; they get no others. */
const passed =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_.*|TZ|(https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|DOCKER_.*|XDG_.*)$/i;

/** The environment of a server: without `KUMA_SYNC_PASSWORD`, API keys, and `HOST` and `PORT`, which Uptime Kuma reads. */
function cleanEnv(env: NodeJS.ProcessEnv, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => passed.test(name))), ...extra };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
}
