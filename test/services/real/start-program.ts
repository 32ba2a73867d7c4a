/** Starts a server, waits until it answers, and ends it. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface StartedProgram {
  readonly url: string;
  stop(): Promise<void>;
}

interface Starting {
  readonly program: string;
  /** For a port that is free. */
  readonly args: (port: number) => readonly string[];
  /** Asked until it answers with 200. */
  readonly path: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds. On a busy machine a Python server takes a minute to import all that it has. */
const longestStart = 240_000;

export async function startProgram({ program, args, path, env = {} }: Starting): Promise<StartedProgram> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, args(port), { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-4000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  const started = performance.now();
  for (;;) {
    if (await answers(url + path)) break;
    if (child.exitCode !== null || performance.now() - started > longestStart) {
      end();
      throw new Error(`${program} does not answer at ${path}\n${printed}`);
    }
    await delay(500);
  }
  return {
    url,
    async stop() {
      process.removeListener("exit", end);
      end();
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
