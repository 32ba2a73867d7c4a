/** The listener as a name server, asked by Node's own resolver, which is that of Uptime Kuma. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Resolver } from "node:dns/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { answerQuery, readQuestion, type DnsError } from "../../src/drill/dns-message.ts";
import { startListener, type Slot } from "../../src/drill/listener.ts";

const healthy = { type: "response", status: 200, body: "" } as const;

async function serve(): Promise<{ readonly resolver: Resolver; readonly slot: Slot; readonly name: string }> {
  const listener = await startListener({ host: "127.0.0.1", port: 0, hasDns: true, now: () => performance.now() });
  const resolver = new Resolver({ timeout: 200, tries: 1 });
  resolver.setServers([`127.0.0.1:${listener.port}`]);
  onTestFinished(() => listener.end());
  const slot = listener.slot(healthy);
  return { resolver, slot, name: `${slot.place.secret}.drill.invalid` };
}

describe("a name server", () => {
  it.each([
    ["A", ["192.0.2.1"]],
    ["AAAA", ["2001:db8::1"]],
    ["CAA", [{ critical: 0, issue: "drill.invalid", type: "CAA" }]],
    ["CNAME", ["drill.invalid"]],
    ["MX", [{ exchange: "drill.invalid", priority: 10, type: "MX" }]],
    ["NS", ["drill.invalid"]],
    ["SOA", { nsname: "drill.invalid", hostmaster: "drill.invalid" }],
    ["SRV", [{ name: "drill.invalid", port: 443, priority: 0, weight: 0 }]],
    ["TXT", [["drill"]]],
  ])("has a record of type %s", async (type, record) => {
    const { resolver, name, slot } = await serve();
    const found = await resolver.resolve(name, type);
    const shown = Array.isArray(record) ? record.map((one: unknown) => withoutType(one)) : record;
    expect(Array.isArray(found) ? found.map(withoutType) : found).toMatchObject(shown);
    expect(slot.served).toBe(1);
  });

  it.each<[DnsError, string]>([
    ["no-name", "ENOTFOUND"],
    ["server-failure", "ESERVFAIL"],
    ["no-record", "ENODATA"],
  ])("fails by %s", async (error, code) => {
    const { resolver, name, slot } = await serve();
    slot.answer({ type: "dns-error", error });
    await expect(resolver.resolve4(name)).rejects.toMatchObject({ code });
  });

  it("is silent about every other name", async () => {
    const { resolver, slot } = await serve();
    await expect(resolver.resolve4("example.com")).rejects.toMatchObject({ code: "ETIMEOUT" });
    expect(slot.served).toBe(0);
  });

  it("goes on after bytes that are no question", async () => {
    const { resolver, name, slot } = await serve();
    const socket = createSocket("udp4");
    onTestFinished(() => void socket.close());
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(12), Buffer.alloc(600, 0xff)]) {
      socket.send(bytes, slot.place.port, "127.0.0.1");
    }
    await once(socket, "listening");
    expect(await resolver.resolve4(name)).toEqual(["192.0.2.1"]);
  });
});

function withoutType(record: unknown): unknown {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return record;
  const { type: _type, ...rest } = record as { readonly type?: string };
  return rest;
}

/** A query for `name` with one question. */
function queryFor(name: string): Buffer {
  const labels = name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  const head = Buffer.from([7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, 1, 0, 1])]);
}

describe("a question", () => {
  it("is read to its end", () => {
    const query = queryFor("Ab.example");
    const question = readQuestion(query);
    expect(question).toEqual({ name: "ab.example", type: 1, end: query.length });
    if (question === undefined) return;
    expect(answerQuery(query, question, "no-name").readUInt16BE(2)).toBe(0x8183);
  });

  it("is nothing else, however it is cut or changed", () => {
    const query = queryFor("ab.example");
    for (let length = 0; length < query.length; length++)
      expect(readQuestion(query.subarray(0, length))).toBeUndefined();
    expect(readQuestion(Buffer.concat([query.subarray(0, 12), Buffer.from([0xc0, 12, 0, 1, 0, 1])]))).toBeUndefined();
    const answer = Buffer.from(query);
    answer.writeUInt8(0x81, 2);
    expect(readQuestion(answer)).toBeUndefined();
  });
});
