/** The examples for people who come from a list: each makes the monitors that the list was for. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Json } from "../../src/model/json.ts";
import { loadConfig } from "./load-config.ts";
import { findingLine } from "./load-text.ts";

const cwd = fileURLToPath(new URL("../../examples/lists/", import.meta.url));
const env = {
  SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/T000/B000/XXXX",
  DISCORD_WEBHOOK_URL: "https://discord.com/api/webhooks/1/x",
};

const readStdin = (): Promise<string> => Promise.resolve("");

/** A text or a number as it is; a dash for nothing. */
function shown(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "-";
}

async function monitors(file: string): Promise<string[]> {
  const { findings, entities } = await loadConfig({ paths: [file], cwd, env, vars: {}, readStdin }, kinds);
  expect(findings.filter(({ severity }) => severity !== "info").map(findingLine)).toEqual([]);
  return entities.flatMap(({ kind, key, name, variant, canonical: spec }) => {
    if (kind !== "monitor") return [];
    const { url, hostname, port, parent, notifications } = spec;
    const address = shown(url ?? hostname) + (typeof port === "number" ? `:${port}` : "");
    const notified = Array.isArray(notifications) ? notifications.join(",") : "";
    return [[key, variant.type, name, address, shown(parent), notified].join(" | ")];
  });
}

const files = readdirSync(cwd);

test.for(files.filter((file) => file.endsWith(".yaml")))("%s", async (file) => {
  expect(await monitors(file)).toMatchSnapshot();
});

test.for(files)("the page has %s as it is", (file) => {
  const page = readFileSync(new URL("../../docs/coming-from-a-list.md", import.meta.url), "utf8");
  expect(page).toContain(readFileSync(cwd + file, "utf8"));
});
