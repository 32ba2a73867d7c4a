/** Every mistake has a file; `vitest -u test/config/fixtures` writes the `.out` files anew, to be read before they are kept. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadConfig } from "./load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import { findingLine, fixtureEnv } from "./load-text.ts";

const folder = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url));
const yamlFiles = (name: string): string[] => readdirSync(folder(name)).filter((file) => file.endsWith(".yaml"));

const readStdin = (): Promise<string> => Promise.resolve("");

async function linesFor(name: string, file: string): Promise<string[]> {
  const env = file === "env-not-listed.yaml" ? { ...fixtureEnv, KUMA_SYNC_ALLOW_ENV: "APP_*, HOST" } : fixtureEnv;
  const source = { paths: [file], cwd: folder(name), env, vars: {}, readStdin };
  const { findings } = await loadConfig(source, kinds);
  // Most mistakes are shown on monitors that name no notification, which has fixtures of its own.
  const isShown = file.startsWith("nobody-notified") || name === "ok";
  return findings.filter(({ code }) => isShown || code !== "KS1616").map(findingLine);
}

describe("mistakes are found at their place", () => {
  test.for(yamlFiles("err"))("%s", async (file) => {
    const lines = await linesFor("err", file);
    expect(lines.length).toBeGreaterThan(0);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`${folder("err")}${file.replace(".yaml", ".out")}`);
  });

  test("no finding holds a secret", () => {
    const secrets = Object.values(fixtureEnv).filter((value) => value.includes("secret") || value === "991177");
    const outputs = readdirSync(folder("err")).filter((file) => file.endsWith(".out"));
    const leaks = outputs.filter((file) => {
      const text = readFileSync(folder("err") + file, "utf8");
      return [...secrets, "hunter2"].some((secret) => text.includes(secret));
    });
    expect(leaks).toEqual([]);
  });
});

describe("good files have no findings", () => {
  test.for(yamlFiles("ok"))("%s", async (file) => {
    expect(await linesFor("ok", file)).toEqual([]);
  });
});
