import { expect, it } from "vitest";
import { readDocument } from "../../commands/documents.ts";
import { openWorkspace } from "../../commands/workspace.ts";

const yaml = `version: 1
project: shop
tags:
  team: { name: "команда" }
notifications:
  oncall: { name: "Дежурный", type: webhook, webhookURL: "http://127.0.0.1:1/" }
proxies:
  way: { protocol: http, host: "прокси", port: 1 }
monitors:
  api: { name: "Проверка", type: push, description: "日本", tags: [{ team: "ядро" }] }
`;

it("reports texts that the database cannot store (KS4017), and creates nothing twice", async () => {
  const { run, kuma } = await openWorkspace(yaml);
  kuma.faults.holdOnly((character) => character <= "\u00FF");
  const first = await run(["apply", "--auto-approve"]);
  expect(first.code).toBe(4);
  expect(first.stdout).toContain("[KS4017]");
  expect(first.stdout).toContain("ALTER DATABASE");
  const counts = (): readonly number[] => [kuma.tags.size, kuma.notifications.size, kuma.monitors.size];
  const before = counts();
  const plan = readDocument(await run(["plan", "--format", "json"]));
  const steps = plan["steps"] as readonly {
    readonly action: string;
    readonly changes: readonly { cause?: string }[];
  }[];
  expect(new Set(steps.map(({ action }) => action))).toEqual(new Set(["update"]));
  expect(new Set(steps.flatMap(({ changes }) => changes.map(({ cause }) => cause)))).toEqual(new Set(["unstorable"]));
  expect((await run(["apply", "--auto-approve"])).code).toBe(4);
  expect(counts()).toEqual(before);
  // Converted.
  kuma.faults.holdOnly(() => true);
  expect((await run(["apply", "--auto-approve"])).code).toBe(0);
  expect((await run(["apply", "--auto-approve"])).stdout).toContain("No changes");
  expect(counts()).toEqual(before);
});
