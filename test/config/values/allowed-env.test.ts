/** Which environment variables a configuration may name. */
import { describe, expect, test } from "vitest";
import { allowedEnv } from "../../../src/config/values/allowed-env.ts";
import { findingLine, loadText } from "../load-text.ts";

const list = { KUMA_SYNC_ALLOW_ENV: "APP_*, SLACK_WEBHOOK\nFOO" };

describe("KUMA_SYNC_ALLOW_ENV", () => {
  test.each([
    ["APP_KEY", true, true],
    ["APP_", true, true],
    ["SLACK_WEBHOOK", true, true],
    ["FOO", true, true],
    ["MY_APP_KEY", false, false],
    ["SLACK_WEBHOOK_2", false, false],
    ["slack_webhook", false, false],
    ["KUMA_PROD_PASSWORD", false, true],
    ["AWS_SECRET_ACCESS_KEY", false, false],
  ])("%s as a value %s, as a credential %s", (name, isValue, isCredential) => {
    const allowed = allowedEnv(list);
    expect([allowed.value(name), allowed.credential(name)]).toEqual([isValue, isCredential]);
  });

  test("without it every value is allowed, and no credential but those of KUMA_", () => {
    const allowed = allowedEnv({});
    expect([allowed.value("X"), allowed.credential("X"), allowed.credential("KUMA_X")]).toEqual([true, false, true]);
  });

  test("empty, it allows nothing", () => {
    expect(allowedEnv({ KUMA_SYNC_ALLOW_ENV: "" }).value("X")).toBe(false);
  });

  test("a pattern is not a regular expression", () => {
    const allowed = allowedEnv({ KUMA_SYNC_ALLOW_ENV: "A.B|C [x] ( *_URL" });
    expect(["AxB", "C", "x", "A_URL"].map((name) => allowed.value(name))).toEqual([false, false, false, true]);
  });

  test("the value that is not allowed is in no finding, and no variable of ours is readable by it", async () => {
    const yaml =
      'version: 1\nproject: p\nmonitors: { a: { type: http, url: "https://x.example/${env:TOKEN}${env:KUMA_SYNC_PASSWORD}" } }\n';
    const config = await loadText(yaml, {
      env: { TOKEN: "tok-Zq9vX3", KUMA_SYNC_PASSWORD: "pw-Zq9vX3", KUMA_SYNC_ALLOW_ENV: "KUMA_*" },
    });
    const lines = config.findings.map(findingLine).join("\n");
    expect(lines).toContain('KUMA_SYNC_ALLOW_ENV does not list "TOKEN" [KS1117]');
    expect(lines).toContain('"KUMA_SYNC_PASSWORD" may not be read from a configuration [KS1104]');
    expect([lines, JSON.stringify(config.entities), config.secrets.join()].join("\n")).not.toContain("Zq9vX3");
  });

  test("no variable of ours is readable under another case, which Windows takes for the same", async () => {
    const yaml =
      'version: 1\nproject: p\nmonitors: { a: { type: http, url: "https://x.example/${env:Kuma_Sync_Password}" } }\n';
    const config = await loadText(yaml, { env: { Kuma_Sync_Password: "pw-Zq9vX3" } });
    const lines = config.findings.map(findingLine).join("\n");
    expect(lines).toContain('"Kuma_Sync_Password" may not be read from a configuration [KS1104]');
    expect(lines + config.secrets.join()).not.toContain("Zq9vX3");
  });

  test.each([
    ["APP_*", 'did you mean "APP_KEY"?'],
    ["APP_KEI", "set it, or write ${env:APP_KEI:-default}"],
  ])("no hint names a variable that %s does not list", async (allowed, wanted) => {
    const yaml = 'version: 1\nproject: p\nmonitors: { a: { type: http, url: "https://x.example/${env:APP_KEI}" } }\n';
    const { findings } = await loadText(yaml, { env: { APP_KEY: "k-Zq9vX3", KUMA_SYNC_ALLOW_ENV: allowed } });
    expect(findings.map(({ hint }) => hint)).toContain(wanted);
  });
});
