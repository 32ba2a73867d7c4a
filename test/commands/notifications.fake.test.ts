import { expect, test } from "vitest";
import { readDocument } from "./documents.ts";
import type { Ended } from "./fake-context.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const yaml = `version: 1
project: shop
notifications:
  oncall: { name: On call, type: slack, slackwebhookURL: "https://hooks.example.com/T0KEN-of-slack" }
  broken: { name: "\${env:SECRET_NAME}", type: webhook, webhookURL: "http://127.0.0.1:1/T0KEN-of-hook" }
  unknown: { name: Unknown, type: not-yet-known, deep: { token: "T0KEN-deep" } }
monitors:
  page: { type: http, url: "https://example.com", cacheBust: true }
`;

function tested({ run }: Workspace, key: string, format: "human" | "json" = "human"): Promise<Ended> {
  return run(["notifications", "test", key, "--format", format], { env: { SECRET_NAME: "n4me-of-hook" } });
}

test("sends the message also where the server is too old for another object in the file", async () => {
  const workspace = await openWorkspace(yaml, { version: "1.23.17" });
  expect(await tested(workspace, "oncall")).toMatchObject({
    code: 0,
    stdout: "SENT  On call by slack: Sent Successfully.\n",
  });
  const document = readDocument(await tested(workspace, "notification/oncall", "json"));
  expect(document).toMatchObject({
    type: "kuma-sync.notification-test",
    project: "shop",
    server: { version: "1.23.17" },
    key: "notification/oncall",
    name: "On call",
    provider: "slack",
    result: "sent",
  });
  const sent = workspace.kuma.log.filter(({ event }) => event === "testNotification");
  expect(sent).toMatchObject([{ args: [{ type: "slack", applyExisting: false }] }, {}]);
  expect(sent[0]?.args[0]).not.toHaveProperty("kumaSync");
  expect(workspace.kuma.notifications.size).toBe(0);
});

test("exits 9 when the provider refuses, and shows no secret", async () => {
  const workspace = await openWorkspace(yaml);
  const ended = await tested(workspace, "broken");
  expect(ended.code).toBe(9);
  expect(ended.stdout).toMatch(/^REFUSED {2}/u);
  const json = await tested(workspace, "broken", "json");
  expect(readDocument(json)).toMatchObject({ result: "refused" });
  expect(ended.stdout + ended.stderr + json.stdout + json.stderr).not.toMatch(/T0KEN|n4me/u);
});

test("a type that the server does not have is an error before anything is sent", async () => {
  const workspace = await openWorkspace(yaml);
  const ended = await tested(workspace, "unknown");
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain("KS1628");
  expect(workspace.kuma.log.filter(({ event }) => event === "testNotification")).toEqual([]);
});

test.each([
  ["oncal", 'did you mean "oncall"?'],
  ["zzzzzzzz", "declared are oncall, broken, unknown"],
])("the key %s, which is not declared, is a mistake of usage", async (key, hint) => {
  const workspace = await openWorkspace(yaml);
  const { code, stderr } = await tested(workspace, key);
  expect(code).toBe(64);
  expect(stderr).toContain(`no notification has the key "${key}"\n help: ${hint}\n`);
  expect(workspace.kuma.log).toEqual([]);
});

test("a configuration with errors is refused before anything is asked", async () => {
  const workspace = await openWorkspace(`${yaml}nonsense: 1\n`);
  expect((await tested(workspace, "oncall")).code).toBe(3);
  expect(workspace.kuma.log).toEqual([]);
});
