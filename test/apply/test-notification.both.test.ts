/** A test message, on the fake and on real servers, to a receiver on this machine. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testNotification } from "../../src/apply/test-notification.ts";
import { notification } from "../../src/kinds/notification.ts";
import { connect } from "../../src/kuma/connect.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { desired } from "../kinds/recording-client.ts";

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}

describe.each(contractServers())("on $name", (server) => {
  const received: JsonObject[] = [];
  let receiver: Server;
  let target: RunningServer;
  let client: KumaClient;
  let address: string;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      void textOf(request).then((text) => {
        received.push({ path: request.url ?? "", ...(JSON.parse(text) as JsonObject) });
        response.statusCode = request.url === "/refuse" ? 403 : 200;
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    target = await server.start();
    const { url, username, password } = target;
    client = await connect({ url, credentials: { type: "password", username, password } });
  });
  afterAll(async () => {
    await client.close();
    await target.close();
    receiver.close();
  });

  const webhook = (path: string) =>
    desired(notification, "hook", { name: "Hook", type: "webhook", webhookURL: address + path });

  test("the message is sent as declared, and nothing is saved", async () => {
    const before = await client.list("notificationList");
    expect(await testNotification(client, webhook("/take"))).toEqual({
      result: "sent",
      message: expect.stringContaining("Sent Successfully."),
    });
    expect(received.filter(({ path }) => path === "/take")).toMatchObject([{ msg: "Hook Testing" }]);
    expect(await client.list("notificationList")).toEqual(before);
  });

  test("a provider that refuses, one that does not answer, and one that the server does not know", async () => {
    expect(await testNotification(client, webhook("/refuse"))).toEqual({
      result: "refused",
      message: expect.stringContaining("403"),
    });
    const nobody = desired(notification, "hook", { name: "Hook", type: "webhook", webhookURL: "http://127.0.0.1:1/" });
    expect(await testNotification(client, nobody)).toMatchObject({ result: "refused" });
    const unknown = desired(notification, "hook", { name: "Hook", type: "not-yet-known" });
    expect(await testNotification(client, unknown)).toEqual({
      result: "refused",
      message: "Notification type is not supported",
    });
  });

  test("a lost connection is not the provider's answer", async () => {
    const { url, username, password } = target;
    const other = await connect({ url, credentials: { type: "password", username, password } });
    await other.close();
    await expect(testNotification(other, webhook("/late"))).rejects.toMatchObject({ code: "disconnected" });
    expect(received.filter(({ path }) => path === "/late")).toEqual([]);
  });
});
