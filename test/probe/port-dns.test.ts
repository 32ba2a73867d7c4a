import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { dnsServer, wireName, wireNumbers, wireText, type WireRecord } from "./dns-server.ts";
import { newServers, oldServers, probed } from "./probing.ts";
import { always, closedPort, target } from "./target.ts";

describe("port", () => {
  test.each([...oldServers, "2.0.2"])("%s says nothing of success, and why it failed", async (server) => {
    const { port } = await target(always(200));
    const open = { type: "port", hostname: "127.0.0.1", port };
    expect(await probed(open, { server })).toMatchObject({ status: "up", message: "" });
    const closed = { ...open, port: await closedPort() };
    expect(await probed(closed, { server })).toMatchObject({
      status: "down",
      message: `connect ECONNREFUSED 127.0.0.1:${closed.port}`,
    });
  });

  test.each(["2.1.0", "2.5.3"])("%s tells the time, and of a failure nothing", async (server) => {
    const { port } = await target(always(200));
    const open = { type: "port", hostname: "127.0.0.1", port };
    expect(await probed(open, { server })).toMatchObject({ status: "up", message: expect.stringMatching(/^\d+ ms$/) });
    const closed = { ...open, port: await closedPort() };
    expect(await probed(closed, { server })).toMatchObject({
      status: "down",
      message: "Connection failed",
      notes: [`connect ECONNREFUSED 127.0.0.1:${closed.port}`],
    });
  });
});

async function asked(records: readonly WireRecord[], written: JsonObject = {}, server = "2.5.3") {
  const port = await dnsServer(records);
  const monitor = { type: "dns", hostname: "example.test", dnsResolveServer: "127.0.0.1", port, ...written };
  return probed(monitor, { server });
}

describe("dns", () => {
  const address: WireRecord = { type: 1, data: Buffer.from([192, 0, 2, 7]) };

  test.each([...oldServers, ...newServers])("an answer is up, and told (%s)", async (server) => {
    const other = { ...address, data: Buffer.from([192, 0, 2, 8]) };
    const result = await asked([address, other], {}, server);
    expect(result).toMatchObject({ status: "up", message: "Records: 192.0.2.7 | 192.0.2.8" });
  });

  test.each([...oldServers, ...newServers])("an unknown name is down (%s)", async (server) => {
    const result = await asked([], {}, server);
    expect(result).toMatchObject({ status: "down", message: "queryA ENOTFOUND example.test" });
  });

  const mail = [
    { type: 15, data: Buffer.concat([wireNumbers(10), wireName("a.test")]) },
    { type: 15, data: Buffer.concat([wireNumbers(20), wireName("b.test")]) },
  ];
  const issuers = [
    { type: 257, data: Buffer.concat([Buffer.from([0]), wireText("iodef"), Buffer.from("mailto:x")]) },
    { type: 257, data: Buffer.concat([Buffer.from([0]), wireText("issue"), Buffer.from("ca.test")]) },
  ];
  test.each([
    {
      type: "MX",
      records: mail,
      server: "2.5.3",
      message: "Hostname: a.test - Priority: 10 | Hostname: b.test - Priority: 20",
    },
    {
      type: "MX",
      records: mail,
      server: "1.23.17",
      message: "Hostname: a.test - Priority: 10 | Hostname: b.test - Priority: 20 ",
    },
    { type: "CAA", records: issuers, server: "2.5.3", message: "Records: ca.test" },
    { type: "CAA", records: issuers, server: "2.0.2", message: "undefined" },
    { type: "TXT", records: [{ type: 16, data: wireText("a", "b") }], server: "2.5.3", message: "Records: a,b" },
    { type: "NS", records: [{ type: 2, data: wireName("ns.test") }], server: "2.5.3", message: "Servers: ns.test" },
    { type: "CNAME", records: [{ type: 5, data: wireName("c.test") }], server: "2.5.3", message: "c.test" },
    {
      type: "SRV",
      records: [{ type: 33, data: Buffer.concat([wireNumbers(1, 2, 443), wireName("s.test")]) }],
      server: "2.5.3",
      message: "Name: s.test | Port: 443 | Priority: 1 | Weight: 2",
    },
    {
      type: "SOA",
      records: [
        {
          type: 6,
          data: Buffer.concat([wireName("n.test"), wireName("h.test"), wireNumbers(0, 1, 0, 2, 0, 3, 0, 4, 0, 5)]),
        },
      ],
      server: "2.5.3",
      message: "NS-Name: n.test | Hostmaster: h.test | Serial: 1 | Refresh: 2 | Retry: 3 | Expire: 4 | MinTTL: 5",
    },
  ])("$type on $server", async ({ type, records, server, message }) => {
    const result = await asked(records, { dnsResolveType: type }, server);
    expect(result).toMatchObject({ status: "up", message });
  });

  test("an address is asked backwards for PTR", async () => {
    const records = [{ type: 12, data: wireName("host.test") }];
    const result = await asked(records, { dnsResolveType: "PTR", hostname: "192.0.2.7" });
    expect(result).toMatchObject({ status: "up", message: "Records: host.test" });
  });

  test("2.1 on takes lists of resolvers, older ones do not", async () => {
    const list = { dnsResolveServer: "127.0.0.1, 127.0.0.1" };
    expect(await asked([address], list, "2.1.0")).toMatchObject({ status: "up" });
    expect(await asked([address], list, "2.0.2")).toMatchObject({ status: "down" });
  });

  test.each<[conditions: JsonObject[], status: string]>([
    [[{ variable: "record", operator: "equals", value: "192.0.2.7" }], "up"],
    [[{ variable: "record", operator: "equals", value: "192.0.2.8" }], "down"],
    [[{ variable: "record", operator: "not_contains", value: "192" }], "down"],
    [
      [
        { variable: "record", operator: "ends_with", value: ".9" },
        { andOr: "or", variable: "record", operator: "starts_with", value: "192." },
      ],
      "up",
    ],
    // From left to right: (true or …) and false.
    [
      [
        { variable: "record", operator: "contains", value: "2" },
        { andOr: "or", variable: "record", operator: "contains", value: "2" },
        { children: [{ variable: "record", operator: "contains", value: "x" }] },
      ],
      "down",
    ],
  ])("conditions %j are %s", async (conditions, status) => {
    expect(await asked([address], { conditions })).toMatchObject({ status, message: "Records: 192.0.2.7" });
    // 1.23 knows no conditions.
    expect(await asked([address], { conditions }, "1.23.17")).toMatchObject({ status: "up" });
  });

  test("no resolver at all", async () => {
    const result = await asked([address], { dnsResolveServer: " , " });
    expect(result).toMatchObject({ status: "down", message: expect.stringMatching(/^No Resolver Servers specified/) });
  });
});
