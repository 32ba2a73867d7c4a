/** The YAML of "Say it once" makes the monitors that the page says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { kinds } from "../../src/kinds/index.ts";
import { loadConfig } from "../config/load-config.ts";
import { findingLine } from "../config/load-text.ts";

const page = readFileSync(new URL("../../docs/say-it-once.md", import.meta.url), "utf8");

/** All blocks of YAML, without the indentation of a list around them. */
const [first = "", ...others] = [...page.matchAll(/^( *)```yaml\n([^]*?)^ *```$/gmu)].map(
  ([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gmu"), ""),
);

const readStdin = (): Promise<string> => Promise.resolve("");

async function load(text: string, files: Readonly<Record<string, string>> = {}): Promise<Config> {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-say-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const all = { "monitors.yaml": first, "more.yaml": text, ...files };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(cwd, name), content);
  const env = { SLACK_WEBHOOK: "https://hooks.slack.example/x" };
  return loadConfig({ paths: ["monitors.yaml", "more.yaml"], cwd, env, vars: {}, readStdin }, kinds);
}

const ofFirst = ["edge", "shop", "shop-eu", "gateway"];

test("each block of YAML makes what it is shown for", async () => {
  const made = await Promise.all(
    others.map(async (text) => {
      const { findings, entities } = await load(text);
      expect(findings.filter(({ severity }) => severity !== "info").map(findingLine)).toEqual([]);
      const keys = entities.filter(({ kind }) => kind === "monitor").map(({ key }) => key.slice("monitor/".length));
      return keys.filter((key) => !ofFirst.includes(key));
    }),
  );
  expect(made).toEqual([
    [],
    ["web-shop", "web-blog"],
    [
      "us-172.16.1.2-ping",
      "us-172.16.1.2-ssh",
      "us-172.16.1.3-ping",
      "us-172.16.1.3-ssh",
      "eu-172.16.2.2-ping",
      "eu-172.16.2.2-ssh",
    ],
    ["site-shop", "site-blog"],
    ["blog", "report"],
    [],
  ]);
});

/** The rows of the table "rows | written | key | other columns". */
const table = [...page.matchAll(/^\| (.+?) \| `(.+?)` \| .+? \| (.+?) \|$/gmu)].flatMap(([, name, written, columns]) =>
  name === undefined || written === undefined || columns === undefined || !/^[[{]/u.test(written)
    ? []
    : [[name, written, columns] as const],
);

test("the table of rows has five forms and a file", () => {
  expect(table.map(([name]) => name)).toHaveLength(6);
});

test.each(table)("%s is written like this", async (_name, written, columns) => {
  const expressions = columns.match(/\$\{each:[\w.]+\}/gu) ?? [];
  const key = columns.includes("site") ? "${each:site.key}-${each:check.key}" : "${each:key}";
  const rows =
    columns.includes("${each:host}") && written.startsWith("[") ? written.replace("{", "{ key: a,") : written;
  const fields = columns.includes("site.host") ? ["${each:site}"] : expressions;
  const { findings, entities } = await load(
    `monitors:\n  "m-${key}": { each: ${rows}, type: ping, hostname: a.example, description: "${fields.join(" ")}" }\n`,
    { "sites.csv": "key,host\nshop,shop.example\n" },
  );
  expect(findings.filter(({ severity }) => severity !== "info").map(findingLine)).toEqual([]);
  expect(entities.some(({ key: own }) => own.startsWith("monitor/m-"))).toBe(true);
});
