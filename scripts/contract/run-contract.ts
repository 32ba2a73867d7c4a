/** One run of the contract suite on a server that is started for it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { bootstrap } from "../../src/kuma/bootstrap/bootstrap.ts";
import type { DatabaseChoice } from "../../src/kuma/bootstrap/database-choice.ts";
import { guardServer } from "../../src/sandbox/guarded-server.ts";
import { lastLines } from "../../src/sandbox/run-tool.ts";
import { builtCheckout, type BuiltCheckout } from "./built-checkout.ts";
import { freePort, startMariaDb, type MariaDb } from "./start-mariadb.ts";

export interface ContractOptions {
  readonly checkout: string;
  readonly database: "sqlite" | "mariadb";
  /** The Node that the server runs on; the tests run on that of this process. */
  readonly node: string;
  readonly hasPage: boolean;
  /** Paths and flags for vitest; default: all tests that run on any server. */
  readonly vitestArgs: readonly string[];
  /** The root of this repository. */
  readonly root: string;
  readonly onProgress: (text: string) => void;
  readonly signal: AbortSignal;
}

const admin = { username: "admin", password: "contract-Passw0rd" } as const;

/** Milliseconds. A first start on MariaDB makes its tables, which takes a minute on a busy machine. */
const startLimit = 300_000;

/** Resolves to the exit code of the tests. Everything that it started has ended by then, whatever happens. */
export async function runContract(options: ContractOptions): Promise<number> {
  const { onProgress, signal, database } = options;
  const built = await builtCheckout(options);
  if (database === "mariadb" && built.version.startsWith("1.")) throw new Error("Uptime Kuma 1.23 has only SQLite");
  const mariadb = database === "mariadb" ? await newMariaDb(options) : undefined;
  try {
    const server = await startServer(built, options);
    try {
      onProgress(`Uptime Kuma ${built.version} is at ${server.url}, with ${database}`);
      const choice: DatabaseChoice = mariadb === undefined ? { type: "sqlite" } : choiceOf(mariadb);
      await bootstrap({ url: server.url, ...admin, database: choice, timeoutMs: startLimit, signal, onProgress }).catch(
        async (error: unknown) => {
          signal.throwIfAborted();
          throw new Error(`${(error as Error).message}\nthe end of the server's log:\n${await server.log()}`, {
            cause: error,
          });
        },
      );
      return await runTests(server.url, options);
    } finally {
      await server.stop();
    }
  } finally {
    await mariadb?.stop();
  }
}

const account = { dbName: "kuma", username: "kuma", password: "contract-db-Passw0rd" } as const;

async function newMariaDb({ onProgress, signal }: ContractOptions): Promise<MariaDb> {
  onProgress("starting MariaDB");
  const mariadb = await startMariaDb([], signal);
  const { dbName, username, password } = account;
  await mariadb.run(
    `CREATE DATABASE ${dbName} CHARACTER SET utf8mb4`,
    `CREATE USER '${username}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON ${dbName}.* TO '${username}'@'%'`,
  );
  return mariadb;
}

function choiceOf({ host, port }: MariaDb): DatabaseChoice {
  return { type: "mariadb", hostname: host, port, ...account };
}

interface Server {
  readonly url: string;
  log(): Promise<string>;
  stop(): Promise<void>;
}

async function startServer({ folder: cwd, startArgs }: BuiltCheckout, { node }: ContractOptions): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-contract-"));
  const [port, logFile] = [await freePort(), join(folder, "log")];
  // The server appends file names to the folder of its data without a separator.
  const args = [...startArgs, "--host=127.0.0.1", `--port=${port}`, `--data-dir=${join(folder, "data")}${sep}`];
  const env = { PATH: process.env["PATH"], HOME: folder, TZ: "UTC", NODE_ENV: "production" };
  const guarded = guardServer({ command: node, args, cwd, logFile, folder, cleanup: [] }, env);
  await guarded.start();
  return {
    url: `http://127.0.0.1:${port}`,
    log: async () => lastLines(await readFile(logFile, "utf8"), 15),
    stop: () => guarded.end(),
  };
}

async function runTests(url: string, { root, vitestArgs, signal }: ContractOptions): Promise<number> {
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "real"];
  const tests = spawn(process.execPath, [...args, ...(vitestArgs.length === 0 ? [".both.test.ts"] : vitestArgs)], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      KUMA_SYNC_TEST_URL: url,
      KUMA_SYNC_TEST_USERNAME: admin.username,
      KUMA_SYNC_TEST_PASSWORD: admin.password,
    },
  });
  const end = (): void => void tests.kill("SIGTERM");
  signal.addEventListener("abort", end, { once: true });
  const [code] = (await once(tests, "exit")) as [number | null];
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  return code ?? 1;
}
