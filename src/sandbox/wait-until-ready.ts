import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { GuardedServer } from "./guarded-server.ts";
import { lastLines } from "./run-tool.ts";
import { SandboxError } from "./sandbox-error.ts";

interface Waiting {
  readonly url: string;
  readonly server: GuardedServer;
  readonly logFile: string;
  readonly listening: RegExp | undefined;
  /** True: ready means that the database wizard is open. */
  readonly isWizardWanted: boolean;
  /** Milliseconds. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

/** Milliseconds between two requests; a start takes one to two seconds. */
const pollInterval = 50;

/**
 * Resolves when the server answers and has reached the wanted state (docs/upstream/uptime-kuma.md#database-wizard: `GET
 * /setup-database-info` is JSON with `needSetup` and `runningSetup`). Throws SandboxError with the end of the log when
 * it exits or is too slow.
 */
export async function waitUntilReady(waiting: Waiting): Promise<void> {
  const { url, server, logFile, listening, isWizardWanted, limit, signal } = waiting;
  const deadline = performance.now() + limit;
  let log = "";
  while (performance.now() < deadline) {
    log = await readFile(logFile, "utf8");
    // A server that did not get its port takes seconds to exit.
    if (server.pid === undefined || portTaken.test(log)) throw startError("stopped while starting", log);
    // Another server may have taken the port and may answer, until ours notices and exits.
    const isOurs = listening === undefined || listening.test(log);
    if (isOurs && (await isReady(url, isWizardWanted))) return;
    await delay(pollInterval, undefined, signal === undefined ? {} : { signal });
  }
  throw startError(`was not ready within ${limit / 1000} s`, log);
}

async function isReady(url: string, isWizardWanted: boolean): Promise<boolean> {
  try {
    const response = await fetch(`${url}/setup-database-info`, { signal: AbortSignal.timeout(2000) });
    const info = JSON.parse(await beginningOf(response)) as {
      readonly needSetup: boolean;
      readonly runningSetup: boolean;
    };
    return info.needSetup === isWizardWanted && !info.runningSetup;
  } catch {
    return false;
  }
}

/** Bytes, more than the answer has. Another program may have taken the port and may answer without end. */
const longestAnswer = 65_536;

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > longestAnswer) break;
  }
  return text;
}

function startError(what: string, log: string): SandboxError {
  return new SandboxError(`Uptime Kuma ${what}; the end of its log:\n${lastLines(log, 15)}`);
}

const portTaken = /EADDRINUSE|port is already allocated/;

/** Whether the server failed because another process took the port before it started. */
export function isPortTaken(error: unknown): boolean {
  return error instanceof SandboxError && portTaken.test(error.message);
}
