/** What a probe reads, shows and follows at most. */
import { deflateSync, gzipSync } from "node:zlib";
import { expect, describe, test } from "vitest";
import { bodyLimit } from "../../src/probe/http/body-limit.ts";
import { fetchAnswer } from "../../src/probe/probe.ts";
import { monitorOf } from "./monitors.ts";
import { labOfFile, probed, resultOf } from "./probing.ts";
import { always, byPath, redirectTo, target, type Answer } from "./target.ts";

const lab = labOfFile();
const tooMuch = Buffer.alloc(bodyLimit + 1, 0x61);
/** A few kilobytes that become more than is read. */
const bombs: Readonly<Record<string, Answer>> = {
  plain: (_, response) => response.writeHead(200, { "content-type": "application/json" }).end(tooMuch),
  gzip: (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(tooMuch)),
  deflate: (_, response) => response.writeHead(200, { "content-encoding": "deflate" }).end(deflateSync(tooMuch)),
  // Only those that wait for the end would hang here.
  endless: (_, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (response.write(tooMuch.subarray(0, 100_000)));
      response.once("drain", more);
    };
    more();
  },
};

describe.each(Object.entries(bombs))("a response that is too large, %s", (_name, answer) => {
  test("an http monitor is up by its status, as on the server, and says what was left out", async () => {
    const { url } = await target(answer);
    const result = await probed({ url });
    expect(result).toMatchObject({ status: "up", message: "200 - OK", httpStatus: 200 });
    expect(result.notes).toEqual(["the response is larger than 10 MB; its body was not read to its end"]);
    expect(result).not.toHaveProperty("body");
  });

  test.each([
    { type: "keyword", keyword: "b" },
    { type: "keyword", keyword: "b", invertKeyword: true },
    { type: "json-query", jsonPath: "$", expectedValue: "1" },
  ])("there is no verdict on what it holds: %j", async (monitor) => {
    const { url } = await target(answer);
    const result = await resultOf({ ...monitor, url }, { lab });
    expect(result).toEqual({ status: "skipped", reason: expect.stringContaining("too large: more than 10 MB") });
  });
});

test("a status that is not accepted decides, whatever follows it", async () => {
  const { url } = await target((_, response) => response.writeHead(500).end(tooMuch));
  for (const type of ["http", "keyword"]) {
    const result = await resultOf({ type, url, ...(type === "keyword" ? { keyword: "b" } : {}) });
    expect(result).toMatchObject({ status: "down", message: "Request failed with status code 500", httpStatus: 500 });
  }
});

test("the status is that of the last response of a chain", async () => {
  const { url } = await target(byPath({ "/": redirectTo("/end"), "/end": bombs["plain"] as Answer }));
  expect(await probed({ url, maxRedirects: 2 })).toMatchObject({ status: "up", message: "200 - OK" });
});

test("ten megabytes are still read", async () => {
  const { url } = await target(always(200, tooMuch.subarray(1).toString()));
  const answer = await fetchAnswer(monitorOf({ type: "http", url }), { server: "2.5.3" });
  expect(answer).toMatchObject({ type: "answered" });
  expect(await resultOf({ type: "keyword", keyword: "aaaa", url })).toMatchObject({ status: "up" });
});

test.each([
  "file:///etc/hostname",
  "ftp://127.0.0.1/x",
  "data:text/plain,x",
  "unix:/var/run/docker.sock",
  "gopher://127.0.0.1:1/",
])("a redirect to %s is not followed", async (to) => {
  const { url, requests } = await target(redirectTo(to));
  const result = await probed({ url, maxRedirects: 5 });
  expect(result).toMatchObject({ status: "down", isPassed: false });
  expect(result.message).toMatch(/Unsupported protocol|Invalid URL|Redirected request failed/u);
  expect(requests).toHaveLength(1);
});

test("of a body the beginning is shown, without secrets", async () => {
  const secret = "wq7-Kx2-hidden";
  const { url } = await target(always(200, `${secret}${"x".repeat(5000)}${secret}`));
  const { body } = await probed({ url }, { secrets: [secret] });
  expect(body).toMatchObject({ isShortened: true, text: expect.stringMatching(/^\(sensitive\)x+$/u) });
  expect(body?.text).toHaveLength(500);
});
