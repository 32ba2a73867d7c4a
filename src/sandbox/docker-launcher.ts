import { randomUUID } from "node:crypto";
import { runTool } from "./run-tool.ts";
import type { SandboxOptions, ServerLauncher } from "./sandbox.ts";

const image = "louislam/uptime-kuma:2";

/** Whether a Docker daemon answers; an installed client is not enough. */
export async function isDockerAnswering(): Promise<boolean> {
  try {
    await runTool("docker", ["version", "--format", "{{.Server.Version}}"], { timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

/** Runs the official image, pulling it on first use. */
export async function dockerLauncher({ onProgress, signal }: SandboxOptions): Promise<ServerLauncher> {
  try {
    await runTool("docker", ["image", "inspect", image], { signal });
  } catch {
    signal?.throwIfAborted();
    onProgress?.(`pulling ${image}, once`);
    await runTool("docker", ["pull", "--quiet", image], { signal });
  }
  // On Linux the container shares the host's network, so the server listens on loopback and reaches servers there. The
  // "host" of Docker Desktop is a virtual machine: the port is published, and the server reaches the host by a name.
  const isLinux = process.platform === "linux";
  return {
    via: "docker",
    version: image,
    loopback: isLinux ? "127.0.0.1" : "host.docker.internal",
    startLimit: 120_000,
    async launch({ port, folder, databaseReady }) {
      const name = `kuma-sync-sandbox-${randomUUID()}`;
      const network = isLinux
        ? ["--network=host", `--env=UPTIME_KUMA_HOST=127.0.0.1`, `--env=UPTIME_KUMA_PORT=${port}`]
        : [`--publish=127.0.0.1:${port}:3001`];
      const database = databaseReady ? ["--env=UPTIME_KUMA_DB_TYPE=sqlite"] : [];
      return {
        command: "docker",
        args: ["run", "--rm", `--name=${name}`, ...network, ...database, image],
        cwd: folder,
        dataDir: "/app/data",
        env: {},
        cleanup: ["docker", "rm", "--force", "--volumes", name],
        listening: undefined,
      };
    },
  };
}
