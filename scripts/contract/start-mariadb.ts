/** A MariaDB of its own on loopback, thrown away at the end, also when this process is killed. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { guardServer } from "../../src/sandbox/guarded-server.ts";
import { lastLines, runTool } from "../../src/sandbox/run-tool.ts";

export interface MariaDb {
  readonly host: string;
  readonly port: number;
  /** Runs statements as root, one after the other. */
  run(...statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** The programs of a MariaDB that this machine has; undefined if it has none. */
export function findMariaDb(): { readonly server: string; readonly installer: string } | undefined {
  const server = find("mariadbd");
  const installer = find("mariadb-install-db");
  return server === undefined || installer === undefined ? undefined : { server, installer };
}

/** Debian keeps servers where a user's path does not look. */
function find(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/usr/local/bin"];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Milliseconds that a start may take. */
const startLimit = 60_000;

/** Throws an Error if this machine has no MariaDB, or with the end of its log. `options` are flags of mariadbd. */
export async function startMariaDb(options: readonly string[] = [], signal?: AbortSignal): Promise<MariaDb> {
  const found = findMariaDb();
  if (found === undefined) throw new Error("this machine has no MariaDB (Debian: apt-get install mariadb-server)");
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-mariadb-"));
  const [data, socket, logFile] = [join(folder, "data"), join(folder, "s"), join(folder, "log")];
  const port = await freePort();
  const user = `--user=${userInfo().username}`;
  const own = [
    "--no-defaults",
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    user,
  ];
  // Nothing of it has to survive a crash.
  const quick = ["--innodb-flush-log-at-trx-commit=0", `--pid-file=${join(folder, "pid")}`];
  const guarded = guardServer(
    { command: found.server, args: [...own, ...quick, ...options], cwd: folder, logFile, folder, cleanup: [] },
    { PATH: process.env["PATH"] },
  );
  try {
    await runTool(
      found.installer,
      ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db", user],
      { signal },
    );
    await guarded.start();
    await waitForSocket(socket, () => guarded.pid !== undefined, signal);
  } catch (error) {
    const log = existsSync(logFile) ? lastLines(await readFile(logFile, "utf8"), 10) : "";
    await guarded.end();
    throw log === "" ? error : new Error(`MariaDB did not start:\n${log}`, { cause: error });
  }
  return {
    host: "127.0.0.1",
    port,
    async run(...statements) {
      const connection = await createConnection({ socketPath: socket, user: "root" });
      for (const statement of statements) await connection.query(statement);
      await connection.end();
    },
    stop: () => guarded.end(),
  };
}

async function waitForSocket(
  socketPath: string,
  isRunning: () => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + startLimit;
  for (;;) {
    try {
      const connection = await createConnection({ socketPath, user: "root" });
      return await connection.end();
    } catch (error) {
      if (!isRunning() || performance.now() > deadline) throw error;
      await delay(100, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** A port of loopback that nothing listens to. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
