/** Who is told, and when: what depends on the server, and times that become numbers of checks. */
import { describe, expect, test } from "vitest";
import { toDesired } from "../../src/config/desired.ts";
import type { ServerInfo } from "../../src/model/kuma-client.ts";
import type { Release } from "../../src/model/release.ts";
import { findingLine, loadText } from "./load-text.ts";

function serverOf(release: Release, isTested = true): ServerInfo {
  const capabilities = {
    release,
    hasConditions: release[0] >= 2,
    hasDeltas: release[0] >= 2,
    writeWindow: 1,
    minInterval: 20,
    maxInterval: 2_073_600,
    minRetryInterval: 0,
  };
  return { url: "http://127.0.0.1:3001", version: release.join("."), capabilities, isTested };
}

const head = "version: 1\nproject: demo\n";

async function onServer(text: string, release: Release, isTested = true): Promise<readonly string[]> {
  const config = await loadText(head + text);
  return toDesired(config, serverOf(release, isTested)).findings.map(findingLine);
}

async function checksOf(text: string, key = "a"): Promise<unknown> {
  const config = await loadText(head + text);
  expect(config.findings).toEqual([]);
  return toDesired(config).desired.entities.get(`monitor/${key}`)?.spec["resendInterval"];
}

describe("retries on a server", () => {
  const push = "monitors: { a: { type: push, interval: 1d, maxRetries: 6, retryInterval: 1h } }\n";

  test("a push of status=down is pending from 2.0 on", async () => {
    expect(await onServer(push, [2, 5, 3])).toEqual([
      expect.stringContaining(
        "<stdin>:3:56: warning: on Uptime Kuma 2.5.3 a push of status=down is only pending, and alarms up to 1d5h later [KS1624]",
      ),
    ]);
    expect(await onServer(push, [1, 23, 17])).toEqual([]);
    expect(await onServer(push.replace("1d", "60s").replace("1h", "60s"), [2, 5, 3])).toEqual([]);
  });

  test("a group is retried from 2.1 on, and before only upside down", async () => {
    const group = "monitors: { a: { type: group, maxRetries: 3 } }\n";
    expect(await onServer(group, [2, 0, 2])).toEqual([expect.stringContaining("does not retry a group")]);
    expect(await onServer(group, [2, 1, 0])).toEqual([]);
    expect(await onServer(group.replace("3 }", "3, upsideDown: true }"), [2, 0, 2])).toEqual([]);
    const inherited = "defaults: { monitor: { maxRetries: 3 } }\nmonitors: { a: { type: group } }\n";
    expect(await onServer(inherited, [2, 0, 2])).toEqual([]);
  });
});

const typed = (type: string): string => `notifications: { a: { type: ${type} } }\n`;

describe("notification types on a server", () => {
  test("a type that no release has is refused by those that were read", async () => {
    expect(await onServer(typed("email"), [2, 5, 3])).toEqual([
      expect.stringContaining(
        'error: Uptime Kuma 2.5.3 has no notification type "email": nothing would be sent [KS1628] (did you mean "smtp"?',
      ),
    ]);
    expect((await onServer(typed("email"), [2, 6, 0], false)).filter((line) => line.includes("KS1628"))).toEqual([]);
  });

  test("a type is refused before the release that brought it, and after the one that took it away", async () => {
    expect(await onServer(typed("Teltonika"), [2, 1, 1])).toEqual([expect.stringContaining("KS2002")]);
    expect(await onServer(typed("Teltonika"), [2, 1, 2])).toEqual([]);
    expect(await onServer(typed("LineNotify"), [2, 0, 2])).toEqual([]);
    expect(await onServer(typed("LineNotify"), [2, 1, 0])).toEqual([expect.stringContaining("KS1628")]);
  });
});

const withDefaults = (defaults: string, own: string): string =>
  `defaults: { monitor: { ${defaults} } }\nmonitors: { a: { type: push, ${own} } }\n`;
const withOverride = (own: string, laid: string): string =>
  `targets: { prod: { url: "https://kuma.example", overrides: { monitor/a: { ${laid} } } } }\nmonitors: { a: { type: push, ${own} } }\n`;

describe("resendEvery", () => {
  test.each([
    ["interval: 60s, resendEvery: 1h", 60],
    ["interval: 7m, resendEvery: 1h", 9],
    ["resendEvery: 90s", 2],
    ["interval: 1d, resendEvery: 1w", 7],
  ])("%s is %d checks", async (fields, checks) => {
    expect(await checksOf(`monitors: { a: { type: push, ${fields} } }\n`)).toBe(checks);
  });

  test("the nearer of the two ways to say it counts", async () => {
    expect(await checksOf(withDefaults("resendEvery: 1h", "resendInterval: 5"))).toBe(5);
    expect(await checksOf(withDefaults("resendInterval: 5", "resendEvery: 1h"))).toBe(60);
    expect(await checksOf(withDefaults("resendEvery: 1h", "interval: 2m"))).toBe(30);
    expect(await checksOf(withDefaults("resendInterval: 5", "interval: 2m"))).toBe(5);
  });

  test("a target may say it the other way", async () => {
    expect(await checksOf(withOverride("resendEvery: 1h", "resendInterval: 5"))).toBe(5);
    expect(await checksOf(withOverride("resendInterval: 5", "resendEvery: 1h"))).toBe(60);
    expect(await checksOf(withOverride("resendEvery: 1h", "interval: 2m"))).toBe(30);
  });
});
