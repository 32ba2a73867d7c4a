import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manyMonitors } from "./many-monitors.mjs";
import { cli, runNode } from "./process.mjs";

/**
 * Calls `use` with a folder that holds a file of `count` monitors, and with how a server is reached: `on(url)` is what the
 * floor needs, and `run`, which runs kuma-sync with that file there.
 */
export async function withMonitors(count, { password, ...options }, use) {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-bench-"));
  const file = join(folder, "monitors.yaml");
  const login = { username: "admin", password };
  const on = (url) => {
    const env = { KUMA_SYNC_URL: url, KUMA_SYNC_USERNAME: login.username, KUMA_SYNC_PASSWORD: login.password };
    const run = (command, ...args) => runNode([cli, command, "-f", file, "--timeout", "600s", ...args], { env });
    return { url, login, folder, run };
  };
  try {
    await writeFile(file, manyMonitors(count, options));
    return await use({ count, file, on });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
