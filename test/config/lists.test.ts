/** The examples for people who come from a list: each makes the monitors that the list was for. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Json } from "../../src/model/json.ts";
import { render } from "./rendered/rendered-text.ts";
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
const originals = new URL("../fixtures/lists/", import.meta.url);

/** Characters that are not blank. What the original says nothing of does not count: the project and who is notified. */
function lengthOf(text: string): number {
  const said = text.replaceAll(/^ *#.*$/gmu, "").replaceAll(/^(?:version|project|notifications|defaults): .*$/gmu, "");
  return said.replaceAll(/^notifications:\n(?: .*\n)*/gmu, "").replaceAll(/\s/gu, "").length;
}

test.for(readdirSync(originals))("the example is shorter than %s", (file) => {
  const [name = ""] = file.split(".");
  const ours = lengthOf(readFileSync(`${cwd}${name}.yaml`, "utf8"));
  expect(ours).toBeGreaterThan(100);
  expect(ours).toBeLessThan(lengthOf(readFileSync(new URL(file, originals), "utf8")));
});

test.for(files.filter((file) => file.endsWith(".yaml")))("%s", async (file) => {
  expect(await monitors(file)).toMatchSnapshot();
});

test.for(files.filter((file) => file.endsWith(".yaml")))("%s is shorter than what it stands for", async (file) => {
  const text = readFileSync(cwd + file, "utf8");
  const rendered = await render({ text, cwd, env });
  expect(lengthOf(text)).toBeLessThan(lengthOf(rendered?.yaml ?? ""));
});

test.for(files)("the page has %s as it is", (file) => {
  const page = readFileSync(new URL("../../docs/coming-from-a-list.md", import.meta.url), "utf8");
  expect(page).toContain(readFileSync(cwd + file, "utf8"));
});
