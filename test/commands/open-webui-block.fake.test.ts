/** A block in the YAML through the whole program: what a user sees of it, and what is never seen. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDocument } from "./documents.ts";
import { openWorkspace } from "./workspace.ts";

const yaml = readFileSync(new URL("../../examples/open-webui/preset.yaml", import.meta.url), "utf8");
const apiKey = "sk-Zq9vX3-secret";
const env = { OPEN_WEBUI_API_KEY: apiKey };

describe.each(["1.23.17", "2.5.3"] as const)("on %s", (version) => {
  test("plan --full shows its monitors without the key; apply makes them; a key in two places is told at its place", async () => {
    const { run, write, kuma } = await openWorkspace(yaml, { version });
    const plan = await run(["plan", "--full"], { env });
    expect(plan.code).toBe(0);
    for (const text of ["main.health", "main.completion.gpt-4o", "$exists(data[id='gpt-4o'])"])
      expect(plan.stdout).toContain(text);
    expect(plan.stdout + plan.stderr).not.toContain(apiKey);

    const applied = await run(["apply", "--auto-approve", "--format", "json"], { env });
    expect(applied.code).toBe(0);
    expect(readDocument(applied)).toMatchObject({ type: "kuma-sync.report", result: "applied" });
    expect(applied.stdout + applied.stderr).not.toContain(apiKey);
    // The server is the one place that has to know it.
    expect(JSON.stringify([...kuma.monitors.values()])).toContain(apiKey);

    write(`${yaml}\nmonitors:\n  main.health: { type: group }\n`);
    const twice = await run(["validate"], { env });
    expect(twice.code).toBe(3);
    expect(twice.stdout).toMatch(/monitors\.yaml:\d+:\d+: error: "main\.health" .*\[KS1305\]/u);
  });
});

test("without its key nothing is planned, and the finding names the variable", async () => {
  const { run } = await openWorkspace(yaml);
  const ended = await run(["plan"]);
  expect(ended.code).toBe(3);
  expect(ended.stdout + ended.stderr).toContain("OPEN_WEBUI_API_KEY");
  expect(ended.stdout + ended.stderr).not.toContain("KS1702");
});
