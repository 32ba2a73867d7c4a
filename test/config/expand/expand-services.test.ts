/** Loops over the blocks of services. The law: the same monitors as from blocks that are written out. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../../src/config/config.ts";
import { toDesired } from "../../../src/config/desired.ts";
import { objectSources } from "../../../src/config/rendered/object-sources.ts";
import { sourceText } from "../../../src/output/words/object-source.ts";
import { meaning } from "../rendered/rendered-text.ts";
import { findingLine, loadText } from "../load-text.ts";

const head = "version: 1\nproject: p\n";
const env = { KEY_EU: "sk-eu-Zq9vX3", KEY_US: "sk-us-Zq9vX3" };

const looped = `${head}services:
  "chat-\${each:key}":
    each: { eu: { host: eu.example, token: "\${env:KEY_EU}", every: 60 }, us: { host: us.example, token: "\${env:KEY_US}", every: 90 } }
    type: open-webui
    url: "https://\${each:host}"
    apiKey: "\${each:token}"
    models: [gpt-4o]
    overrides: { health: { interval: "\${each:every}" } }
`;

async function load(text: string): Promise<Config> {
  return loadText(text, { env });
}

async function said(text: string): Promise<readonly string[]> {
  const { findings } = await load(text);
  return findings.filter(({ severity }) => severity !== "info").map(findingLine);
}

test("rows give the services that are written out", async () => {
  const writtenOut = `${head}services:
  chat-eu: { type: open-webui, url: "https://eu.example", apiKey: "\${env:KEY_EU}", models: [gpt-4o], overrides: { health: { interval: 60 } } }
  chat-us: { type: open-webui, url: "https://us.example", apiKey: "\${env:KEY_US}", models: [gpt-4o], overrides: { health: { interval: 90 } } }
`;
  for (const secrets of ["real", "withheld"] as const) {
    expect(await meaning({ text: looped, cwd: "/", env }, secrets)).toBe(
      await meaning({ text: writtenOut, cwd: "/", env }, secrets),
    );
  }
});

test("the older section loops as well", async () => {
  const text = `${head}openWebUI:\n  "chat-\${each:key}": { each: [a, b], url: "https://\${each:key}.example" }\n`;
  const { entities } = await load(text);
  expect(entities.map(({ key }) => key)).toEqual(expect.arrayContaining(["monitor/chat-a", "monitor/chat-b"]));
});

test("each monitor knows its row", async () => {
  const { entities } = await load(looped);
  const health = entities.find(({ key }) => key === "monitor/chat-us.health");
  expect(health === undefined ? [] : objectSources(health, ["url"]).map(sourceText)).toEqual([
    "services.chat-${each:key} (<stdin>:4)",
    "row (<stdin>:5)",
  ]);
});

test("a wrong value is reported at the row", async () => {
  expect(await said(looped.replace("every: 90", "every: often"))).toEqual([
    expect.stringMatching(/^<stdin>:5:\d+: error: .*"?interval/u),
  ]);
});

describe("what a loop of services may have made", () => {
  test("is known to the guard, with the monitors of each service", async () => {
    const { desired } = toDesired(await load(looped));
    expect(desired.loops).toMatchObject([{ key: "monitor/chat-${each:key}" }]);
    const [loop] = desired.loops ?? [];
    expect(loop?.made).toEqual([...desired.entities.keys()]);
    expect(loop?.made).toContain("monitor/chat-eu.health");
    const isMade = new RegExp(loop?.pattern ?? "^$", "u");
    expect(["monitor/chat-old", "monitor/chat-old.health", "monitor/other"].map((key) => isMade.test(key))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("is moved as a whole, group and monitors", async () => {
    const from = ["monitor/ai-${each:key}", "monitor/ai-${each:key}.health"];
    const moves = from.map((key) => `{ from: "${key}", to: "${key.replace("ai", "chat")}" }`);
    expect((await load(`${looped}moved: [${moves.join(", ")}]\n`)).moves).toMatchObject([
      { from: "monitor/ai-eu", to: "monitor/chat-eu" },
      { from: "monitor/ai-us", to: "monitor/chat-us" },
      { from: "monitor/ai-eu.health", to: "monitor/chat-eu.health" },
      { from: "monitor/ai-us.health", to: "monitor/chat-us.health" },
    ]);
  });
});

test("`when` and `enabled` leave services out, and references say so", async () => {
  const page =
    "statusPages: { main: { title: T, groups: [{ name: G, monitors: [chat-us.health, off.health, chat-eu.healht] }] } }\n";
  const text = `${looped.replace("type: open-webui", 'type: open-webui\n    when: "${each:on:-true}"').replace("every: 90", "every: 90, on: false")}  off: { type: open-webui, url: https://off.example, enabled: false }
${page}`;
  expect(await said(text)).toEqual([
    expect.stringContaining('monitor "chat-us.health" is left out by "when"'),
    expect.stringContaining('monitor "off.health" is left out by "enabled"'),
    expect.stringContaining('monitor "chat-eu.healht" is not declared [KS1301] (did you mean "chat-eu.health"?)'),
  ]);
});

test("mistakes of loops are those of other loops", async () => {
  const block = (rows: string, key = "chat-${each:key}"): string =>
    `${head}services:\n  "${key}": { each: ${rows}, type: open-webui, url: "https://\${each:hots}" }\n`;
  expect(await said(block("[{ key: a, host: a.example }]"))).toEqual([
    expect.stringContaining('the row has no "hots" [KS1760] (did you mean "host"?)'),
  ]);
  expect(await said(block("[]"))).toEqual([expect.stringContaining("has no rows, so it makes nothing [KS1759]")]);
  expect(await said(block("[{ key: a b, hots: x.example }]"))).toEqual([
    expect.stringContaining("cannot be the key of a service [KS1207]"),
  ]);
  expect(await said(`${head}services:\n  "chat-\${each:key}": { type: open-webui, url: https://a.example }\n`)).toEqual(
    [expect.stringContaining("has no rows to take its key from [KS1757]")],
  );
});
