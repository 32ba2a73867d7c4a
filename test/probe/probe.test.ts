/** Monitors as a whole: types, versions, notes, and answers for experiments. */
import { expect, test } from "vitest";
import { fetchAnswer } from "../../src/probe/probe.ts";
import { monitorOf } from "./monitors.ts";
import { labOfFile, newServers, oldServers, probed, resultOf } from "./probing.ts";
import { always, closedPort, target } from "./target.ts";

const lab = labOfFile();

test.each([
  { written: { type: "group" }, reason: "group" },
  { written: { type: "push" }, reason: "push" },
  { written: { type: "ping", hostname: "127.0.0.1" }, reason: "ICMP" },
  {
    written: { type: "port", hostname: "127.0.0.1", port: 1, expectedTlsAlert: "unknown_ca" },
    reason: "TLS alerts",
  },
  {
    written: { type: "port", hostname: "127.0.0.1", port: 1, smtpSecurity: "secure", expiryNotification: true },
    reason: "certificate",
  },
])("$written.type is skipped and says why", async ({ written, reason }) => {
  const result = await resultOf(written, { lab });
  expect(result).toMatchObject({ status: "skipped", reason: expect.stringContaining(reason) });
});

test("a keyword is searched in JSON as it is written anew", async () => {
  const { url } = await target(always(200, `{ "status" : "up" }`));
  const compact = await probed({ type: "keyword", url, keyword: `"status":"up"` });
  expect(compact).toMatchObject({ status: "up", message: "200 - OK, keyword is found" });
  const spaced = await probed({ type: "keyword", url, keyword: `"status" : "up"` });
  expect(spaced).toMatchObject({
    status: "down",
    message: `200 - OK, but keyword is not in [{"status":"up"}]`,
    isPassed: false,
  });
});

test.each([
  ...newServers.map((server) => ({ server, message: "JSON query passes (comparing 2 == 2)" })),
  ...oldServers.map((server) => ({ server, message: "200 - OK, expected value is found" })),
])("a query is judged by the rules of $server", async ({ server, message }) => {
  const { url } = await target(always(200, `{"data":[1,2]}`));
  const result = await probed(
    { type: "json-query", url, jsonPath: "$count(data)", expectedValue: "2" },
    { lab, server },
  );
  expect(result).toMatchObject({ status: "up", message, query: { cause: "match", resultType: "number", value: 2 } });
});

test("a query that never ends is down and never shows a heartbeat", { timeout: 30_000 }, async () => {
  const { url } = await target(always(200, "{}"));
  const jsonPath = "($f := function($x){$f($x)}; $f(1))";
  const result = await probed({ type: "json-query", url, jsonPath, expectedValue: "1", upsideDown: true }, { lab });
  expect(result).toMatchObject({ status: "down", firstHeartbeat: "none", query: { status: "killed" } });
});

test("an answer for experiments has all of it", async () => {
  const body = JSON.stringify({ token: "t".repeat(2000) });
  const { url } = await target(always(200, `\uFEFF${body}`, { "content-type": "application/json" }));
  const answer = await fetchAnswer(monitorOf({ type: "json-query", url, expectedValue: "" }), { server: "2.5.3" });
  expect(answer).toMatchObject({
    type: "answered",
    response: { status: 200, body, contentType: "application/json" },
  });
});

test("an answer for experiments can fail, and other types have none", async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const failed = await fetchAnswer(monitorOf({ type: "http", url }), { server: "2.5.3" });
  expect(failed).toMatchObject({ type: "failed" });
  expect(await fetchAnswer(monitorOf({ type: "group" }), { server: "2.5.3" })).toBeUndefined();
});
