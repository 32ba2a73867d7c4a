/** `init --detect` and `doctor` of a configuration, against recorded answers of real services. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { litellmNames, ollamaNames, startRecorded } from "../services/recorded-server.ts";
import { readDocument } from "./documents.ts";
import { runMain } from "./fake-context.ts";

const secret = "Zq9vX3Zq9vX3";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Answers everything alike; returns its address. */
async function startAlike(status: number, headers: Readonly<Record<string, string>>, body: string): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("init --detect", () => {
  test("writes a block for each service that it recognises, without a key, and says what it does not know", async () => {
    const ollama = await startRecorded("ollama", "healthy", ollamaNames);
    const litellm = await startRecorded("litellm", "upstream-gone", litellmNames);
    const grafana = await startAlike(200, { "content-type": "text/html" }, "<title>Grafana</title>");
    const cwd = newFolder();
    const withPassword = ollama.url.replace("http://", `http://name:${secret}@`);
    const urls = [withPassword, `${litellm.url}/?token=${secret}`, litellm.url, grafana];
    const ended = await runMain(["init", "--detect", ...urls], { cwd });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/Ollama \d\S* at http:\/\/127/u);
    expect(ended.stderr).toContain('a web page answers, status 200, "Grafana"; it is none of the services');
    expect(ended.stderr).toContain("credentials of an address are not written");
    const text = readFileSync(join(cwd, "monitors.yaml"), "utf8");
    expect(ended.stdout + ended.stderr + text).not.toContain(secret);
    expect(parse(text)).toMatchObject({
      services: {
        ollama: { type: "ollama", url: ollama.url, models: ["tiny:latest"] },
        litellm: { type: "litellm", url: litellm.url },
      },
    });
    expect(text).toContain("    # apiKey: ${env:LITELLM_API_KEY}\n");
    const asked = [...ollama.requests, ...litellm.requests];
    expect(asked.every(({ asked: one }) => one.startsWith("GET "))).toBe(true);
    expect(new Set(ollama.requests.map(({ asked: one }) => one)).size).toBe(ollama.requests.length);
    const validated = await runMain(["validate", "--format", "json"], { cwd });
    expect(readDocument(validated)["findings"]).toEqual([]);
  });

  test.for([
    ["redirects", 302, { location: "https://login.example/" }, "everything is sent on to login.example"],
    ["JSON", 200, { "content-type": "application/json" }, "JSON answers, status 200"],
    ["a text", 503, { "content-type": "text/plain" }, "a text answers, status 503"],
  ] as const)("writes nothing where %s answers", async ([, status, headers, words]) => {
    const url = await startAlike(
      status,
      headers,
      headers["content-type" as never] === "application/json" ? "{}" : "no",
    );
    const cwd = newFolder();
    const ended = await runMain(["init", "--detect", url, "--format", "json"], { cwd });
    expect(ended.code).toBe(9);
    expect(ended.stderr).toContain(words);
    expect(readDocument(ended)).toMatchObject({ ok: false, detected: [{ url }] });
    expect(existsSync(join(cwd, "monitors.yaml"))).toBe(false);
  });

  test("ends with 7 where nothing answers", async () => {
    const ended = await runMain(["init", "--detect", "127.0.0.1:9"], { cwd: newFolder() });
    expect(ended.code).toBe(7);
    expect(ended.stderr).toContain("nothing answers");
  });

  test.for([
    ["another scheme", ["--detect", "ftp://x"]],
    ["--model", ["--detect", "http://x", "--model", "a"]],
    ["--open-webui", ["--detect", "http://x", "--open-webui", "http://y"]],
  ] as const)("refuses %s", async ([, args]) => {
    expect((await runMain(["init", ...args], { cwd: newFolder() })).code).toBe(64);
  });

  test("is not for untrusted files", async () => {
    const ended = await runMain(["init", "--detect", "http://127.0.0.1:9"], {
      cwd: newFolder(),
      env: { KUMA_SYNC_UNTRUSTED: "1" },
    });
    expect(ended.code).toBe(5);
  });
});

describe("doctor of a configuration", () => {
  test("tells the weights from the provider, and shows no key", async () => {
    const ollama = await startRecorded("ollama", "weights-corrupt", ollamaNames);
    const litellm = await startRecorded("litellm", "upstream-401", litellmNames);
    const cwd = newFolder();
    writeFileSync(
      join(cwd, "monitors.yaml"),
      `version: 1
project: models
services:
  local: { type: ollama, url: "${ollama.url}", models: [tiny] }
  gateway: { type: litellm, url: "${litellm.url}", apiKey: "\${env:GATEWAY_KEY}", models: [gpt-4o-mini] }
`,
    );
    const env = { GATEWAY_KEY: secret };
    const human = await runMain(["doctor", "--completions"], { cwd, env });
    expect(human.code).toBe(9);
    expect(human.stdout).toMatch(/error: the weights of "tiny" cannot be read .*\[weights-broken\]/u);
    expect(human.stdout).toMatch(/\[provider-refuses-key\]/u);
    const json = await runMain(["doctor", "--format", "json"], { cwd, env });
    expect(readDocument(json)).toMatchObject({
      ok: false,
      services: [
        { key: "local", type: "ollama", advice: [{ code: "weights-broken" }, { code: "not-asked" }] },
        { key: "gateway", type: "litellm", advice: [{ code: "not-asked" }] },
      ],
    });
    expect(human.stdout + human.stderr + json.stdout + json.stderr).not.toContain(secret);
    expect(litellm.requests.some(({ headers }) => headers.includes(secret))).toBe(true);
  });

  test("says which other service answers", async () => {
    const litellm = await startRecorded("litellm", "healthy", litellmNames);
    const cwd = newFolder();
    const services = `services:\n  local: { type: ollama, url: "${litellm.url}" }\n`;
    writeFileSync(join(cwd, "monitors.yaml"), `version: 1\nproject: models\n${services}`);
    const ended = await runMain(["doctor"], { cwd });
    expect(ended.code).toBe(9);
    expect(ended.stdout).toContain("what answers there is LiteLLM");
  });

  test("ends with 7 where nothing answers, and with 64 where there is no service", async () => {
    const cwd = newFolder();
    const head = "version: 1\nproject: models\n";
    writeFileSync(
      join(cwd, "monitors.yaml"),
      `${head}services:\n  local: { type: ollama, url: "http://127.0.0.1:9" }\n`,
    );
    expect((await runMain(["doctor"], { cwd })).code).toBe(7);
    writeFileSync(join(cwd, "none.yaml"), head);
    expect((await runMain(["doctor", "none.yaml"], { cwd })).code).toBe(64);
    expect((await runMain(["doctor", "--model", "a"], { cwd })).code).toBe(64);
  });
});
