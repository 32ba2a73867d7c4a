/**
 * The real Uptime Kuma: the npm package, started by the sandbox. Only `*.real.test.ts` and `*.both.test.ts` may import this;
 * `test/architecture.test.ts` checks it.
 */
import { join } from "node:path";
import { bootstrap } from "../../src/kuma/bootstrap/bootstrap.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { ensureInstalled } from "../../src/sandbox/ensure-installed.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { fakeAdmin } from "../fakes/kuma-server.ts";

/** A new server without an administrator. */
export function startEmptyServer(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox({ via: "npm", ...options });
}

/** A new server with the administrator `fakeAdmin`. */
export async function startRealServer(): Promise<Sandbox> {
  const sandbox = await startEmptyServer();
  await bootstrap({ url: sandbox.url, ...fakeAdmin, database: { type: "sqlite" }, timeoutMs: 60_000 });
  return sandbox;
}

/** The folder of the npm package, with its source. */
export async function installedPackage(): Promise<string> {
  return join(await ensureInstalled({}), "node_modules", "uptime-kuma");
}
