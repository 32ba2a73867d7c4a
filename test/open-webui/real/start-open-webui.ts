/** A real Open WebUI on loopback. It asks nothing outside of this machine. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { guardServer } from "../../../src/sandbox/guarded-server.ts";
import { lastLines } from "../../../src/sandbox/run-tool.ts";

export interface RunningOpenWebUI {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly version: string;
  /** Ends the server as a container's stop does, and keeps its data. */
  stop(): Promise<void>;
}

export interface OpenWebUIData {
  readonly folder: string;
  /** Signs sessions, so that they survive a restart. */
  readonly secret: string;
  remove(): Promise<void>;
}

export const administrator = { email: "admin@example.test", password: "Admin-Zq9vX3-secret" } as const;

/** Its database and files: may be given to one server after another, a newer one too. */
export async function newData(): Promise<OpenWebUIData> {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-open-webui-"));
  await mkdir(join(folder, "static"));
  return {
    folder,
    secret: randomBytes(24).toString("hex"),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

interface StartOptions {
  readonly version: string;
  /** The interpreter of its virtual environment. */
  readonly python: string;
  readonly data: OpenWebUIData;
  /** Addresses of the providers, without `/v1`. */
  readonly providers: { readonly openai: string; readonly ollama: string };
  /** Settings that are read on the first start with these data. */
  readonly settings?: Readonly<Record<string, string>>;
  /** By default a free one. */
  readonly port?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds: 8 s on an idle machine, longer while it compiles what it loads. */
const startLimit = 300_000;

/** Resolves when it answers. Whatever ends this process ends the server too. Throws with the end of its log. */
export async function startOpenWebUI(options: StartOptions): Promise<RunningOpenWebUI> {
  const { version, python, data, port = await freePort(), signal } = options;
  const url = `http://127.0.0.1:${port}`;
  const work = await mkdtemp(join(tmpdir(), "kuma-sync-open-webui-log-"));
  const logFile = join(work, "server.log");
  await writeFile(logFile, "");
  const serve = ["-c", "from open_webui import app; app()", "serve", "--host", "127.0.0.1", "--port", String(port)];
  const server = guardServer(
    { command: python, args: serve, cwd: data.folder, logFile, folder: work, cleanup: [] },
    environment(options),
  );
  const stop = async (): Promise<void> => {
    const { pid } = server;
    if (pid !== undefined) {
      process.kill(pid, "SIGTERM");
      await Promise.race([server.exited(), delay(10_000, undefined, { ref: false })]);
    }
    await server.end();
  };
  try {
    await server.start();
    const deadline = performance.now() + startLimit;
    while (!(await isHealthy(url))) {
      signal?.throwIfAborted();
      const isLate = performance.now() > deadline;
      if (server.pid === undefined || isLate) {
        const log = lastLines(await readFile(logFile, "utf8"), 25);
        throw new Error(`Open WebUI ${version} ${isLate ? "is not ready" : "stopped while starting"}:\n${log}`);
      }
      await delay(100);
    }
  } catch (error) {
    await server.end();
    throw error;
  }
  return { url, version, stop };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) });
    return response.ok && (await response.text()) === '{"status":true}';
  } catch {
    return false;
  }
}

function environment({ data, providers, settings = {} }: StartOptions): NodeJS.ProcessEnv {
  const { PATH = "", HOME = "", TMPDIR = tmpdir(), LANG = "C.UTF-8" } = process.env;
  const { email, password } = administrator;
  return {
    PATH,
    HOME,
    TMPDIR,
    LANG,
    USE_SLIM_DOCKER: "true",
    OFFLINE_MODE: "true",
    HF_HUB_OFFLINE: "1",
    ENABLE_VERSION_UPDATE_CHECK: "false",
    ANONYMIZED_TELEMETRY: "false",
    DO_NOT_TRACK: "true",
    // The usual engine would load a model of its own.
    RAG_EMBEDDING_ENGINE: "openai",
    RAG_OPENAI_API_BASE_URL: `${providers.openai}/v1`,
    RAG_OPENAI_API_KEY: "sk-unused",
    ENABLE_OLLAMA_API: "true",
    OLLAMA_BASE_URLS: providers.ollama,
    OPENAI_API_BASE_URLS: `${providers.openai}/v1`,
    OPENAI_API_KEYS: "sk-upstream",
    WEBUI_SECRET_KEY: data.secret,
    WEBUI_AUTH: "true",
    DATA_DIR: data.folder,
    STATIC_DIR: join(data.folder, "static"),
    DATABASE_URL: `sqlite:///${join(data.folder, "webui.db")}`,
    CORS_ALLOW_ORIGIN: "*",
    WEBUI_ADMIN_EMAIL: email,
    WEBUI_ADMIN_PASSWORD: password,
    WEBUI_ADMIN_NAME: "Admin",
    ENV: "prod",
    UVICORN_WORKERS: "1",
    ...settings,
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
