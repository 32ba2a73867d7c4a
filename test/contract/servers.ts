/**
 * The servers that the contract suite and the laws run on. In the project `fake`: the fake in each of its versions. In the
 * project `real`: the npm package's or, when `KUMA_SYNC_TEST_URL` is set, a running one in its place.
 */
import { inject } from "vitest";
import { fakeAdmin, fakeVersions, startFakeKuma } from "../fakes/kuma-server.ts";
import type { FakeVersion } from "../fakes/kuma-server.ts";
import { startRealServer } from "./real-server.ts";

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

declare module "vitest" {
  interface ProvidedContext {
    /** Which servers the tests of this project run on. Each project of `vitest.config.ts` sets it. */
    readonly servers: "none" | "fake" | "real";
  }
}

/** The servers of the project that the test file runs in. */
export function contractServers(): readonly ContractServer[] {
  const servers = inject("servers");
  if (servers === "none")
    throw new Error("a test with servers is named *.fake.test.ts, *.real.test.ts or *.both.test.ts");
  if (servers === "fake") return fakeVersions.map(fakeServer);
  const running = runningServers();
  return running.length > 0 ? running : [{ name: "real 2.0.0-dev.0", start: startPackageServer }];
}

/** Those of them that log in by a cookie, as 3.x does. */
export async function cookieServers(): Promise<readonly ContractServer[]> {
  const isCookieServer = async ({ name }: ContractServer): Promise<boolean> => {
    if (!name.startsWith("http")) return name === "fake 3.0.0-beta.0";
    return (await fetch(`${name}/api/auth/ok`)).headers.get("content-type")?.includes("json") === true;
  };
  const servers = contractServers();
  const found = await Promise.all(servers.map(isCookieServer));
  return servers.filter((_, index) => found[index]);
}

async function startPackageServer(): Promise<RunningServer> {
  const sandbox = await startRealServer();
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
