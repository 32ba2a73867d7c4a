/**
 * The servers that the contract suite and the laws run on: the fake in each of its versions, the real one of the npm
 * package, and, when `KUMA_SYNC_TEST_URL` is set, a running one. To add another, put it into this list.
 */
import { bootstrap } from "../../src/kuma/bootstrap.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { fakeAdmin, fakeVersions, startFakeKuma } from "../fakes/kuma-server.ts";
import type { FakeVersion } from "../fakes/kuma-server.ts";

export interface RunningServer {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Stops it, if it was started here. */
  close(): Promise<void>;
}

export interface ContractServer {
  readonly name: string;
  start(): Promise<RunningServer>;
}

export function contractServers(): readonly ContractServer[] {
  return [...fakeVersions.map(fakeServer), ...realServers()];
}

/** Real servers only. */
export function realServers(): readonly ContractServer[] {
  return [{ name: "real 2.0.0-dev.0", start: startRealServer }, ...runningServers()];
}

/** A new server of the npm package with its administrator. */
async function startRealServer(): Promise<RunningServer> {
  const sandbox = await startSandbox({ via: "npm" });
  await bootstrap({ url: sandbox.url, ...fakeAdmin, database: { type: "sqlite" }, timeoutMs: 60_000 });
  return { url: sandbox.url, ...fakeAdmin, close: () => sandbox.stop() };
}

function fakeServer(version: FakeVersion): ContractServer {
  return {
    name: `fake ${version}`,
    start: async () => {
      const fake = await startFakeKuma({ version });
      return { url: fake.url, ...fakeAdmin, close: () => fake.close() };
    },
  };
}

function runningServers(): ContractServer[] {
  const {
    KUMA_SYNC_TEST_URL: url,
    KUMA_SYNC_TEST_USERNAME: username = "admin",
    KUMA_SYNC_TEST_PASSWORD: password = "",
  } = process.env;
  if (url === undefined || url === "") return [];
  return [{ name: url, start: async () => ({ url, username, password, close: async () => {} }) }];
}
