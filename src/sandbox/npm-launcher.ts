import { mkdir, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { ensureInstalled, packageVersion } from "./ensure-installed.ts";
import type { SandboxOptions, ServerLauncher } from "./sandbox.ts";

/** Runs the npm package, installing it on first use. */
export async function npmLauncher(options: SandboxOptions): Promise<ServerLauncher> {
  const installed = await ensureInstalled(options);
  return {
    via: "npm",
    version: packageVersion,
    loopback: "127.0.0.1",
    startLimit: 60_000,
    async launch({ port, folder, databaseReady }) {
      const dataDir = join(folder, "data");
      await mkdir(dataDir);
      // Without this file the server waits in its database wizard (docs/upstream/uptime-kuma.md#database-wizard).
      if (databaseReady) await writeFile(join(dataDir, "db-config.json"), JSON.stringify({ type: "sqlite" }));
      return {
        command: process.execPath,
        // The server appends file names to this without a separator.
        args: ["server/server.js", "--host=127.0.0.1", `--port=${port}`, `--data-dir=${dataDir}${sep}`],
        // The server also reads `./db` and `./dist` of its working directory.
        cwd: join(installed, "node_modules", "uptime-kuma"),
        dataDir,
        env: { NODE_ENV: "production" },
        cleanup: [],
        listening: /Listening on|Starting Setup Database on/,
      };
    },
  };
}
