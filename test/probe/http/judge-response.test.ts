/** What is made of answers and of their absence. */
import { constants } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { LookupFunction } from "node:net";
import { assert, asyncProperty, constantFrom, integer } from "fast-check";
import { describe, expect, test } from "vitest";
import { openAgents } from "../../../src/probe/http/agents.ts";
import { send } from "../../../src/probe/http/send.ts";
import { testCertificate } from "../../fakes/test-certificate.ts";
import { newServers, oldServers, probed, resultOf } from "../probing.ts";
import { always, byPath, closedPort, redirectTo, target } from "../target.ts";

describe("statuses", () => {
  test("law: up exactly when the list accepts the status, and the message is the server's", async () => {
    const { url } = await target(({ path }, response) => response.writeHead(Number(path.slice(1))).end());
    await assert(
      asyncProperty(
        integer({ min: 200, max: 599 }),
        constantFrom("200-299", "300-399", "404"),
        async (status, entry) => {
          const [from = 0, to = from] = entry.split("-").map(Number);
          const isUp = status >= from && status <= to;
          const result = await probed({ url: `${url}/${status}`, maxRedirects: 0, acceptedStatusCodes: [entry] });
          const message = isUp
            ? `${status} - ${STATUS_CODES[status] ?? "unknown"}`
            : `Request failed with status code ${status}`;
          expect(result).toMatchObject({ status: isUp ? "up" : "down", httpStatus: status, message });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("the reason phrase is the target's", async () => {
    const { url } = await target((_, response) => response.writeHead(200, "Fine").end());
    expect(await probed({ url })).toMatchObject({ status: "up", message: "200 - Fine", isPassed: true });
  });

  test("a refused status shows its body", async () => {
    const { url } = await target(always(500, "boom", { "content-type": "text/plain" }));
    const { body } = await probed({ url });
    expect(body).toEqual({ text: "boom", contentType: "text/plain", bytes: 4, isShortened: false });
  });
});

describe("redirects", () => {
  const chain = byPath({ "/": redirectTo("/b"), "/b": redirectTo("/c"), "/c": always(200, "end") });

  test("as many as allowed are followed", async () => {
    const { url, requests } = await target(chain);
    expect(await probed({ url, maxRedirects: 2 })).toMatchObject({ status: "up", body: { text: "end" } });
    expect(requests.map(({ path }) => path)).toEqual(["/", "/b", "/c"]);
  });

  test("one more is a failure", async () => {
    const { url } = await target(chain);
    const result = await probed({ url, maxRedirects: 1 });
    expect(result).toMatchObject({ status: "down", message: "Maximum number of redirects exceeded" });
  });

  test("0 judges the redirect itself", async () => {
    const { url, requests } = await target(chain);
    expect(await probed({ url, maxRedirects: 0 })).toMatchObject({ status: "down", httpStatus: 302 });
    expect(await probed({ url, maxRedirects: 0, acceptedStatusCodes: ["302"] })).toMatchObject({ status: "up" });
    expect(requests).toHaveLength(2);
  });
});

describe("cookies", () => {
  const answers = byPath({
    "/": redirectTo("/b", 302, { "set-cookie": "seen=1; Path=/" }),
    "/b": always(200),
  });
  const cookieSeen = async (server: string, secure?: object): Promise<string | undefined> => {
    const { url, requests } = await target(answers, secure);
    await probed({ url, ignoreTls: true }, { server });
    await probed({ url, ignoreTls: true }, { server });
    expect(requests.map(({ path }) => path)).toEqual(["/", "/b", "/", "/b"]);
    expect(requests[2]?.headers).not.toHaveProperty("cookie");
    return requests[3]?.headers.cookie;
  };

  test.each(newServers)("%s carries them across the redirects of one check over https", async (server) => {
    expect(await cookieSeen(server, {})).toBe("seen=1");
  });

  test.each(newServers)("%s has no jar for http", async (server) => {
    expect(await cookieSeen(server)).toBeUndefined();
  });

  test.each(oldServers)("%s has none at all", async (server) => {
    expect(await cookieSeen(server, {})).toBeUndefined();
  });
});

const twoAddresses: LookupFunction = (_name, _options, done) => {
  done(null, [
    { address: "127.0.0.1", family: 4 },
    { address: "127.0.0.2", family: 4 },
  ]);
};

const noAddress: LookupFunction = (name, _options, done) => {
  done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" }), []);
};

describe("failures", () => {
  test("nothing listens on the port", async () => {
    const port = await closedPort();
    const result = await probed({ url: `http://127.0.0.1:${port}` });
    expect(result).toMatchObject({ status: "down", message: `connect ECONNREFUSED 127.0.0.1:${port}`, notes: [] });
  });

  test("an empty message, as of several addresses that refuse, has its cause in the notes", async () => {
    const port = await closedPort();
    const result = await probed({ url: `http://two.test:${port}` }, { lookup: twoAddresses });
    expect(result).toMatchObject({ status: "down", message: "" });
    expect(result.notes.join()).toContain(`ECONNREFUSED 127.0.0.2:${port}`);
  });

  test("an unknown name", async () => {
    const result = await probed({ url: "http://nobody.test" }, { lookup: noAddress });
    expect(result).toMatchObject({ status: "down", message: "getaddrinfo ENOTFOUND nobody.test" });
  });

  test("the target hangs up", async () => {
    const { url } = await target((_, response) => response.destroy());
    expect(await probed({ url })).toMatchObject({ status: "down", message: "socket hang up" });
  });

  test("no response in time", async () => {
    const { url } = await target(() => undefined);
    expect(await probed({ url, timeout: 0.05 })).toMatchObject({
      status: "down",
      message: "timeout of 50ms exceeded",
    });
  });

  test("a response that does not end is aborted when the time for all of it is up", async () => {
    const { url } = await target((_, response) => void response.writeHead(200).write("drip"));
    const agents = await openAgents(
      { ignoreTls: false, ipFamily: undefined, auth: { type: "none" } },
      { release: [2, 5, 3] },
    );
    const request = { url, method: "get", headers: {}, data: undefined, params: undefined, maxRedirects: 10 };
    const sending = send({ ...request, timeout: 10_000, abortAfter: 100 }, { agents, isAccepted: () => true });
    await expect(sending).rejects.toMatchObject({ isAborted: true });
    agents.destroy();
  });

  test("a time-out of 0 means thousands of times the interval; from 2,685 s on the check is aborted at once", async () => {
    const { url } = await target(() => undefined);
    const result = await probed({ url, timeout: 0, interval: 3600 });
    expect(result).toMatchObject({ status: "down", message: "timeout by AbortSignal (2880000s)" });
  });

  test("an abort by the caller gives no verdict", async () => {
    const stop = new AbortController();
    const { url } = await target(() => stop.abort(new Error("enough")));
    await expect(resultOf({ url }, { signal: stop.signal })).rejects.toThrow("enough");
  });
});

describe("TLS", () => {
  test("an untrusted certificate is down, unless TLS errors are ignored", async () => {
    const { url } = await target(always(200), {});
    expect(await probed({ url })).toMatchObject({ status: "down", message: "self-signed certificate" });
    expect(await probed({ url, ignoreTls: true })).toMatchObject({ status: "up" });
  });

  test.each([...oldServers, ...newServers])(
    "mTLS shows the certificate and trusts the authority (%s)",
    async (server) => {
      const { url } = await target(always(200), { requestCert: true, ca: testCertificate.cert });
      const { cert: tlsCert, key: tlsKey } = testCertificate;
      const mtls = { url, authMethod: "mtls", tlsCert, tlsKey, tlsCa: tlsCert };
      expect(await probed(mtls, { server })).toMatchObject({ status: "up" });
      const { authMethod: _, ...withoutMethod } = mtls;
      expect(await probed(withoutMethod, { server })).toMatchObject({ status: "down" });
    },
  );

  test("a target that wants a client certificate refuses those who have none", async () => {
    const { url } = await target(always(200), { requestCert: true, ca: testCertificate.cert, maxVersion: "TLSv1.2" });
    const { cert: tlsCa } = testCertificate;
    const { status, message } = await probed({ url, authMethod: "mtls", tlsCa });
    expect({ status, message }).toMatchObject({ status: "down", message: expect.stringMatching(/handshake|hang up/) });
  });

  test("servers of old that renegotiate without protection are let through", async () => {
    const agents = await openAgents(
      { ignoreTls: false, ipFamily: undefined, auth: { type: "none" } },
      { release: [1, 23, 17] },
    );
    expect(agents.httpsAgent.options).toMatchObject({ secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT });
    agents.destroy();
  });
});

describe("IP family", () => {
  test.each([
    { ipFamily: "ipv4", family: 4 },
    { ipFamily: "ipv6", family: 6 },
    { ipFamily: null, family: undefined },
  ])("$ipFamily", async ({ ipFamily, family }) => {
    const { port } = await target(always(200));
    const asked: (number | string | undefined)[] = [];
    const lookup: LookupFunction = (_name, options, done) => {
      asked.push(options.family);
      done(null, options.all === true ? [{ address: "127.0.0.1", family: 4 }] : "127.0.0.1", 4);
    };
    await probed({ url: `http://some.test:${port}`, ipFamily }, { lookup });
    expect(asked.map((value) => (value === 0 ? undefined : value))).toEqual([family]);
  });
});
