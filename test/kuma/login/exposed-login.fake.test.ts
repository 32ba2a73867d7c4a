import { describe, expect, test } from "vitest";
import { exposureOf } from "../../../src/kuma/login/exposed-login.ts";
import { parseServerAddress } from "../../../src/kuma/server-address.ts";
import { configOf, openWorkspace } from "../../commands/workspace.ts";

const plain = "the login goes to http://kuma.lan:3001 over plain http";
const insecure = "--insecure accepts any certificate for https://kuma.lan";

describe("a login that others could read", () => {
  test.each([
    ["http://kuma.lan:3001", {}, plain],
    ["ws://kuma.lan:3001", { insecure: true }, plain],
    ["https://kuma.lan", { insecure: true }, insecure],
    ["https://kuma.lan", {}, undefined],
    ["https://kuma.lan", undefined, undefined],
    ["http://localhost:3001", {}, undefined],
    ["http://127.0.0.1:3001", {}, undefined],
    ["http://[::1]:3001", {}, undefined],
    ["https://localhost:3001", { insecure: true }, "--insecure accepts any certificate for https://localhost:3001"],
  ])("%s with %o", (url, tls, words) => {
    expect(exposureOf(parseServerAddress(url), tls)?.slice(0, words?.length)).toBe(words);
  });
});

/** 0.0.0.0 leads to this machine, and is not a loopback address. */
function away(url: string): string {
  return url.replace("127.0.0.1", "0.0.0.0");
}

function count(text: string): number {
  return text.split("warning: the login goes to http://0.0.0.0").length - 1;
}

describe.skipIf(process.platform === "win32")("the warning", () => {
  test.each([
    ["plan"],
    ["plan", "--quiet"],
    ["plan", "--format", "json"],
    ["status"],
    ["apply", "--auto-approve"],
    ["import"],
    ["snapshot"],
  ])("is printed once by %s %s %s, on stderr", async (...args) => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    const ended = await run(args, { env: { KUMA_SYNC_URL: away(kuma.url) } });
    expect([ended.code, count(ended.stderr), count(ended.stdout)]).toEqual([0, 1, 0]);
  });

  test("is printed once by bootstrap, which logs in twice", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { start: "no-user" });
    const ended = await run(["bootstrap", "--apply", "--auto-approve"], { env: { KUMA_SYNC_URL: away(kuma.url) } });
    expect([ended.code, count(ended.stderr)]).toEqual([0, 1]);
  });

  test("is not printed where nothing is sent", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }), { isAuthDisabled: true });
    const env = { KUMA_SYNC_URL: away(kuma.url), KUMA_SYNC_USERNAME: "", KUMA_SYNC_PASSWORD: "" };
    expect(count((await run(["plan"], { env })).stderr)).toBe(0);
  });
});
