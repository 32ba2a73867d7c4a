/** Deleting a proxy must not let the monitors behind another one go round it (docs/upstream/uptime-kuma.md#proxies). */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { proxy } from "../../src/kinds/proxy.ts";
import type { ObservedEntity } from "../../src/model/entity.ts";
import type { Heartbeat, KumaClient } from "../../src/model/kuma-client.ts";
import { contextOf, desired, observed } from "../kinds/recording-client.ts";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { contractServers } from "./servers.ts";

function nextBeat(client: KumaClient, id: number): Promise<Heartbeat> {
  return new Promise((resolve) => {
    const stop = client.onHeartbeat((beat) => {
      if (beat.monitorId !== id) return;
      stop();
      resolve(beat);
    });
  });
}

describe.each(contractServers())("on $name", (server) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench(server);
  });
  afterAll(() => bench.close());

  test("a running monitor behind another proxy is restarted, and still asks through it", async () => {
    const { client } = bench;
    const add = (port: number): Promise<number> =>
      proxy.create(contextOf(client), desired(proxy, "p", { protocol: "http", host: "127.0.0.1", port }));
    const found = async (id: number): Promise<ObservedEntity> => {
      const rows = await proxy.rows(client, { freshness: "anew" });
      return observed(proxy, { ...rows.find((row) => row.id === id)?.row, id });
    };
    const [dead, other] = [await add(1), await add(2)];
    // Nobody listens at either port; the message names the one that was tried, and 1 is the proxy's.
    const id = await bench.add({ url: "http://127.0.0.1:2/", proxyId: dead, active: true });
    await vi.waitFor(() => expect(client.heartbeats.has(id)).toBe(true), 10_000);
    const restarted = nextBeat(client, id);
    await proxy.remove({ client }, await found(other));
    const beat = await restarted;
    const hasAsked = !server.name.startsWith("fake");
    expect(!hasAsked || /127\.0\.0\.1:1\b/u.test(beat.message)).toBe(true);
    expect(await bench.seen(id)).toMatchObject({ proxyId: dead });
    await proxy.remove({ client }, await found(dead));
    expect((await proxy.rows(client, { freshness: "anew" })).filter((row) => [dead, other].includes(row.id))).toEqual(
      [],
    );
  });
});
