import { describe, expect, test } from "vitest";
import { proxy } from "../../src/kinds/proxy.ts";
import { KumaError } from "../../src/model/errors.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { contextOf, desired, observed, recordingClient, type RecordingClient } from "./recording-client.ts";

const plain = { protocol: "http", host: "proxy.example.com", port: 3128 };
const withLogin = { ...plain, username: "bot", password: "s3cret-word" };

function listed(id: number, more: JsonObject = {}): JsonObject {
  const login = { auth: 0, username: null, password: null };
  return { id, userId: 1, ...plain, ...login, active: 1, default: 0, createdDate: "2026-01-01 00:00:00", ...more };
}

async function sent(written: JsonObject): Promise<JsonObject> {
  const client = recordingClient();
  expect(await proxy.create(contextOf(client), desired(proxy, "out", written))).toBe(100);
  expect(client.calls.map(({ event, args }) => [event, args[1]])).toEqual([["addProxy", null]]);
  return client.calls[0]?.args[0] as JsonObject;
}

describe("what is sent", () => {
  test("without a login there is none, and other monitors are left alone", async () => {
    expect(await sent(plain)).toEqual({
      ...plain,
      auth: false,
      username: null,
      password: null,
      active: true,
      default: false,
      applyExisting: false,
    });
  });

  test("a user name or a password is a login; a missing half is empty, which null would not be", async () => {
    expect(await sent(withLogin)).toMatchObject({ auth: true, username: "bot", password: "s3cret-word" });
    expect(await sent({ ...plain, username: "bot" })).toMatchObject({ auth: true, username: "bot", password: "" });
    expect(await sent({ ...plain, password: "pw" })).toMatchObject({ auth: true, username: "", password: "pw" });
  });

  test("the protocol of the form is https", async () => {
    const { protocol: _, ...rest } = plain;
    expect(await sent(rest)).toHaveProperty("protocol", "https");
  });
});

test("an update names the proxy by its id", async () => {
  const client = recordingClient();
  await proxy.update(contextOf(client), {
    entity: desired(proxy, "out", withLogin),
    observed: observed(proxy, { ...listed(4), id: 4 }),
    changes: [{ path: "/username", sensitive: false }],
    owner: undefined,
  });
  expect(client.calls).toMatchObject([{ event: "addProxy", args: [{ auth: true, applyExisting: false }, 4] }]);
});

describe("rows", () => {
  test("are known by their address, with the user that is used", async () => {
    const login = { username: "bot", password: "pw" };
    const lists = {
      proxyList: [listed(1), listed(2, { ...login, auth: 1 }), listed(3, { ...login, auth: 0 })],
    };
    const rows = await proxy.rows(recordingClient({ lists }), { freshness: "anew" });
    expect(rows.map(({ id, name, owner }) => ({ id, name, owner }))).toEqual([
      { id: 1, name: "http://proxy.example.com:3128", owner: undefined },
      { id: 2, name: "http://bot@proxy.example.com:3128", owner: undefined },
      { id: 3, name: "http://proxy.example.com:3128", owner: undefined },
    ]);
  });

  test("have the address that is declared", async () => {
    const [variant] = proxy.variants;
    expect(variant?.nameOf?.(withLogin, "out")).toBe("http://bot@proxy.example.com:3128");
    expect(variant?.nameOf?.({ host: "h", port: 1 }, "out")).toBe("https://h:1");
  });

  test("a login that was switched off in the form is none", async () => {
    const lists = { proxyList: [listed(3, { username: "bot", password: "pw", auth: 0 })] };
    const [row] = await proxy.rows(recordingClient({ lists }), { freshness: "anew" });
    expect(observed(proxy, { ...row?.row, id: 3 }).spec).toEqual(desired(proxy, "out", plain).spec);
  });
});

describe("a delete", () => {
  const monitorList = {
    1: { id: 1, proxyId: 4, active: true },
    2: { id: 2, proxyId: 5, active: true },
    3: { id: 3, proxyId: 5, active: false },
    4: { id: 4, proxyId: null, active: true },
    5: { id: 5, proxyId: 5, active: 0, forceInactive: true },
    6: { id: 6, proxyId: 6, active: 1 },
  };
  const removed = observed(proxy, { ...listed(4), id: 4 });

  test("restarts the monitors that run with another proxy, and no others", async () => {
    const client = recordingClient({ lists: { monitorList } });
    await proxy.remove({ client }, removed);
    expect(client.calls).toEqual([
      { event: "deleteProxy", args: [4] },
      { event: "resumeMonitor", args: [2] },
      { event: "resumeMonitor", args: [6] },
    ]);
  });

  test("continues after a deleted monitor, and stops when the connection is lost", async () => {
    expect(await eventsUntil("rejected")).toEqual([4, 2, 6]);
    await expect(eventsUntil("disconnected")).rejects.toMatchObject({ code: "disconnected" });
  });

  async function eventsUntil(code: "rejected" | "disconnected"): Promise<readonly unknown[]> {
    const client = recordingClient({ lists: { monitorList } });
    const failing: RecordingClient = {
      ...client,
      write: async (event, ...args) => {
        await client.write(event, ...args);
        if (args[0] === 2) throw new KumaError(code, "no");
        return { ok: true };
      },
    };
    await proxy.remove({ client: failing }, removed);
    return client.calls.map(({ args }) => args[0]);
  }
});
