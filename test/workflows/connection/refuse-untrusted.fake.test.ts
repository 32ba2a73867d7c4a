/** With KUMA_SYNC_UNTRUSTED=1 nothing reaches a host that a file names, and nothing writes what a file says. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { readDocument } from "../../commands/documents.ts";
import { configOf, openWorkspace } from "../../commands/workspace.ts";

async function listen(): Promise<{ readonly url: string; readonly requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const yamlFor = (url: string): string =>
  `version: 1\nproject: shop\nmonitors: { api: { type: json-query, url: "${url}", jsonPath: "1", expectedValue: "1", sample: { body: {} } } }\n` +
  `notifications: { oncall: { type: webhook, webhookURL: "${url}" } }\n`;

describe("KUMA_SYNC_UNTRUSTED=1", () => {
  it.each([
    ["test", "--probe"],
    ["drill", "--sandbox"],
    ["drill", "api", "--on-server", "--listen", "127.0.0.1:0"],
    ["doctor", "--open-webui", "URL"],
    ["doctor"],
    ["init", "--detect", "URL", "--out", "new.yaml"],
    ["init", "--open-webui", "URL", "--out", "new.yaml"],
    ["bootstrap", "--open-webui", "URL", "--key-file", "key"],
    ["bootstrap", "--apply", "--auto-approve"],
    ["apply", "--auto-approve"],
    ["apply", "plan.json"],
    ["destroy", "--confirm", "shop@x"],
    ["notifications", "test", "oncall"],
  ])("refuses %s %s", async (...args) => {
    const { url, requests } = await listen();
    const { run, kuma } = await openWorkspace(yamlFor(url));
    const command = args.map((word) => (word === "URL" ? url : word));
    const ended = await run(command, { env: { KUMA_SYNC_UNTRUSTED: "1", OPEN_WEBUI_ADMIN_TOKEN: "t" } });
    expect([ended.code, requests, kuma.log]).toEqual([5, [], []]);
    expect(ended.stderr).toMatch(
      /^refused: .* is not for untrusted files, and KUMA_SYNC_UNTRUSTED is set; nothing was sent\n/u,
    );
  });

  it("is one document in JSON", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const ended = await run(["apply", "--auto-approve", "--format", "json"], { env: { KUMA_SYNC_UNTRUSTED: "1" } });
    expect(readDocument(ended)).toMatchObject({ ok: false, error: { kind: "refused" } });
  });

  it.each([["validate"], ["plan"], ["status"], ["import"], ["snapshot"]])("allows %s", async (...args) => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(args, { env: { KUMA_SYNC_UNTRUSTED: "1" } })).code).toBe(0);
  });

  it("validate, test, query and plan --against do not need it: each opens no connection", async () => {
    const { url, requests } = await listen();
    const { run, kuma, write } = await openWorkspace(configOf({}));
    expect((await run(["snapshot", "--out", "snapshot.json"])).code).toBe(0);
    const connections = kuma.log.length;
    write(yamlFor(url));
    const commands = [
      ["validate"],
      ["test"],
      ["query", "1", "--body", "snapshot.json"],
      ["plan", "--against", "snapshot.json"],
    ];
    for (const command of commands) await run(command);
    expect([requests, kuma.log.length]).toEqual([[], connections]);
  });

  it.each(["", "0", "false"])('"%s" is not set', async (value) => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(["apply", "--auto-approve"], { env: { KUMA_SYNC_UNTRUSTED: value } })).code).toBe(0);
  });
});
