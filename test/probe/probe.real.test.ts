/**
 * The promise of the probe, against a real Uptime Kuma: verdict, words and requests are the server's. Another server runs
 * it with `KUMA_SYNC_TEST_URL`, `KUMA_SYNC_TEST_USERNAME`, `KUMA_SYNC_TEST_PASSWORD`, and then with every vector.
 */
import { expect, onTestFinished, test } from "vitest";
import { bootstrap } from "../../src/kuma/bootstrap/bootstrap.ts";
import { connect } from "../../src/kuma/connect.ts";
import { startEmptyServer } from "../contract/real-server.ts";
import { vectors } from "../query/vectors.ts";
import { compareWithServer } from "./compare-with-server.ts";
import { labOfFile } from "./probing.ts";

const lab = labOfFile();
const { KUMA_SYNC_TEST_URL, KUMA_SYNC_TEST_USERNAME = "admin", KUMA_SYNC_TEST_PASSWORD = "admin123!" } = process.env;

test("the probe and the first heartbeat agree", { timeout: 600_000 }, async () => {
  const url = KUMA_SYNC_TEST_URL ?? (await sandboxUrl());
  const login = { username: KUMA_SYNC_TEST_USERNAME, password: KUMA_SYNC_TEST_PASSWORD };
  await bootstrap({ url, ...login, database: { type: "sqlite" }, timeoutMs: 60_000 });
  const client = await connect({ url, credentials: { type: "password", ...login } });
  onTestFinished(() => client.close());

  const all = KUMA_SYNC_TEST_URL !== undefined;
  const chosen = vectors.filter((_, index) => all || index % 7 === 0);
  const comparisons = await compareWithServer(client, { lab, vectors: chosen, isTidy: all });

  expect(chosen.length).toBeGreaterThanOrEqual(60);
  expect(comparisons.filter(({ server }) => server.status === "up").length).toBeGreaterThan(30);
  expect(comparisons.filter(({ server }) => server.status === "down").length).toBeGreaterThan(30);
  const differing = comparisons.filter(
    (one) =>
      one.server.status !== one.probe.status ||
      (!one.isEngineMessage && one.server.message !== one.probe.message) ||
      JSON.stringify(one.server.requests) !== JSON.stringify(one.probe.requests),
  );
  expect(differing).toEqual([]);
});

async function sandboxUrl(): Promise<string> {
  const sandbox = await startEmptyServer();
  onTestFinished(() => sandbox.stop());
  return sandbox.url;
}
