/** Starts servers and clients for a test, and closes them all when the test is over, passed or not. */
import { onTestFinished } from "vitest";
import { connect, connectReadOnly } from "../../src/kuma/connect.ts";
import type { ConnectOptions, Timeouts } from "../../src/kuma/connect-options.ts";
import type { KumaClient, KumaReader } from "../../src/model/kuma-client.ts";
import { fakeAdmin, startFakeKuma } from "../fakes/kuma-server.ts";
import type { FakeKuma, FakeKumaOptions } from "../fakes/kuma-server.ts";

export const adminLogin = { type: "password", ...fakeAdmin } as const;

/** Gives what `start` gives, and closes it after the test. */
export async function during<T extends { close(): Promise<void> }>(start: Promise<T>): Promise<T> {
  const started = await start;
  onTestFinished(() => started.close());
  return started;
}

export function fakeKuma(options: FakeKumaOptions = {}): Promise<FakeKuma> {
  return during(startFakeKuma(options));
}

export function clientOf(fake: FakeKuma, options: Partial<ConnectOptions> = {}): Promise<KumaClient> {
  return during(connect({ url: fake.url, credentials: adminLogin, ...options }));
}

export function readerOf(fake: FakeKuma, options: Partial<ConnectOptions> = {}): Promise<KumaReader> {
  return during(connectReadOnly({ url: fake.url, credentials: adminLogin, ...options }));
}

/** An attempt that the test expects to fail. */
export function connecting(url: string, timeouts: Partial<Timeouts> = {}): Promise<unknown> {
  return connect({ url, credentials: adminLogin, timeouts });
}
