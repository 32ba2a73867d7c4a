/** What the listener answers, and to whom. */
import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { startListener, type DrillListener, type Notice } from "../../src/drill/listener.ts";

async function listen(): Promise<DrillListener> {
  const listener = await startListener({ host: "127.0.0.1", port: 0, now: () => performance.now() });
  onTestFinished(() => listener.end());
  return listener;
}

const healthy = { type: "response", status: 200, body: '{"ok":true}' } as const;

describe("a slot", () => {
  it("answers below its own path, as it is told, and counts", async () => {
    const slot = (await listen()).slot(healthy);
    const { base } = slot.place;
    const first = await fetch(`${base}/v1/models?x=1`, { method: "POST", body: "anything" });
    expect([first.status, first.headers.get("content-type"), await first.text()]).toEqual([
      200,
      "application/json",
      '{"ok":true}',
    ]);
    expect(slot.served).toBe(1);
    slot.answer({ type: "response", status: 503, body: "no", contentType: "text/html" });
    expect(slot.served).toBe(0);
    const second = await fetch(base);
    expect([second.status, second.headers.get("content-type"), await second.text()]).toEqual([503, "text/html", "no"]);
  });

  it("redirects where a sample says so, and hangs up", async () => {
    const slot = (await listen()).slot({ ...healthy, redirect: 307 });
    const { base } = slot.place;
    expect((await fetch(base, { redirect: "manual" })).status).toBe(307);
    expect(await (await fetch(base)).text()).toBe('{"ok":true}');
    slot.answer({ type: "hang-up" });
    await expect(fetch(base)).rejects.toThrow("fetch failed");
    expect(slot.served).toBe(1);
  });

  it("gives a token to a monitor that logs in first", async () => {
    const slot = (await listen()).slot({ type: "response", status: 503, body: "" });
    const token = await fetch(`${slot.place.base}/token`, { method: "POST", body: "grant_type=client_credentials" });
    expect(await token.json()).toMatchObject({ token_type: "Bearer" });
    expect(slot.served).toBe(0);
  });

  it("is unknown to everybody else, and once it has ended", async () => {
    const listener = await listen();
    const slot = listener.slot(healthy);
    for (const path of ["/", "/v1", `/${"0".repeat(32)}/`]) {
      const answer = await fetch(`http://127.0.0.1:${listener.port}${path}`);
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
    }
    slot.end();
    expect((await fetch(slot.place.base)).status).toBe(404);
    expect(slot.place.base).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/u);
  });
});

describe("notifications", () => {
  it("are taken from Uptime Kuma's webhook", async () => {
    const listener = await listen();
    const notices: Notice[] = [];
    listener.onNotice((notice) => notices.push(notice));
    const sent = { heartbeat: { monitorID: 7, status: 0 }, monitor: { id: 7 }, msg: "[x] [Down] no" };
    await fetch(listener.webhookUrl, { method: "POST", body: JSON.stringify(sent) });
    expect(notices).toEqual([{ monitorId: 7, status: 0, text: "[x] [Down] no", at: expect.any(Number) }]);
  });

  it.each(["", "no JSON", "[]", '{"heartbeat":3,"msg":{}}'])(
    "of another shape (%s) are of no monitor",
    async (body) => {
      const listener = await listen();
      const notices: Notice[] = [];
      listener.onNotice((notice) => notices.push(notice));
      await fetch(listener.webhookUrl, { method: "POST", body });
      expect(notices).toMatchObject([{ monitorId: 0, status: -1, text: "" }]);
    },
  );

  it("that are too long are cut off", async () => {
    const listener = await listen();
    const notices: Notice[] = [];
    listener.onNotice((notice) => notices.push(notice));
    await fetch(listener.webhookUrl, { method: "POST", body: "x".repeat(3_000_000) }).catch(() => undefined);
    expect(notices).toEqual([]);
  });
});

it("refuses connections while it is closed, and listens at the same port again", async () => {
  const listener = await listen();
  const slot = listener.slot(healthy);
  const idle = connect(listener.port, "127.0.0.1");
  await once(idle, "connect");
  const ended = once(idle, "close");
  await listener.close();
  await ended;
  await expect(fetch(slot.place.base)).rejects.toThrow("fetch failed");
  await listener.open();
  expect((await fetch(slot.place.base)).status).toBe(200);
});
