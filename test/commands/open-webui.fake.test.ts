/** `doctor` and `init` against the stand-in, which keeps Open WebUI's rules release by release. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { restrict, startReady, startUsed } from "../services/open-webui/with-stand-in.ts";
import { readDocument } from "./documents.ts";
import { runMain, type Ended, type FakeProcess } from "./fake-context.ts";
import { openWorkspace } from "./workspace.ts";

const nowhere = "http://127.0.0.1:1";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function run(args: readonly string[], key: string | undefined, fake: FakeProcess = {}): Promise<Ended> {
  return runMain(args, { ...fake, env: { ...fake.env, ...(key === undefined ? {} : { OPEN_WEBUI_API_KEY: key }) } });
}

describe("doctor", () => {
  test.for(["0.6.36", "0.8.12", "0.11.0", "0.12.4"])(
    "finds nothing in the way on a %s that is set up",
    async (version) => {
      const { url, apiKey } = await startReady(version);
      const ended = await run(["doctor", "--open-webui", url, "--model", "gpt-4o"], apiKey);
      expect(ended.code).toBe(0);
      expect(ended.stdout).toContain(`Open WebUI ${version} at ${url}`);
      expect(ended.stdout).toMatch(/GET \/api\/models +200/u);
      expect(ended.stdout + ended.stderr).not.toContain(apiKey);
    },
  );

  test("says what is wrong and what to paste, with exit code 9 and never the key", async () => {
    const server = await startReady("0.11.0");
    restrict(server, ["/api/other"]);
    const human = await run(["doctor", "--open-webui", server.url, "--model", "gpt-4o"], server.apiKey);
    expect(human.code).toBe(9);
    expect(human.stdout).toMatch(/error: .*\[endpoint-not-allowed\]/u);
    expect(human.stdout).toMatch(/paste this:\n {4}.*\/api\/models/u);
    const json = await run(["doctor", "--open-webui", server.url, "--format", "json"], server.apiKey);
    expect(json.code).toBe(9);
    const document = readDocument(json);
    expect(document).toMatchObject({ type: "kuma-sync.diagnosis", ok: false, version: "0.11.0" });
    expect(JSON.stringify(document) + human.stdout + human.stderr).not.toContain(server.apiKey);
  });

  test("reports a model that the account does not see", async () => {
    const { url, apiKey } = await startReady("0.11.0");
    const ended = await run(["doctor", "--open-webui", url, "--model", "llama3.1"], apiKey);
    expect(ended.code).toBe(9);
    expect(ended.stdout).toContain("llama3.1:latest");
  });

  test("works without a key, and prints what it did not check", async () => {
    const { url, requests } = await startUsed("0.11.0");
    const ended = await run(["doctor", "--open-webui", url], undefined);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("OPEN_WEBUI_API_KEY");
    expect(requests).not.toContain("GET /api/models");
  });

  test("ends with 7 when nothing answers", async () => {
    const server = await startUsed("0.11.0");
    await server.stop();
    const ended = await run(["doctor", "--open-webui", server.url], "sk-Zq9vX3");
    expect(ended.code).toBe(7);
    expect(ended.stdout).toContain("ECONNREFUSED");
  });

  test.for([[], ["--open-webui", "open-webui:8080"]])("needs an address: %j", async (args) => {
    expect((await run(["doctor", ...args], "sk-Zq9vX3")).code).toBe(64);
  });
});

describe("init", () => {
  test.for(["0.6.18", "0.9.5", "0.11.0", "0.12.4"])("writes what validates, for %s", async (version) => {
    const { url, apiKey } = await startReady(version);
    const cwd = newFolder();
    const ended = await run(["init", "--open-webui", url, "--project", "chat"], apiKey, { cwd });
    expect(ended).toMatchObject({ code: 0, stderr: "", questions: [] });
    const text = readFileSync(join(cwd, "monitors.yaml"), "utf8");
    expect(text).toContain(`version: "${version}"`);
    expect(text).toMatch(/- gpt-4o$/mu);
    expect(text).not.toContain(apiKey);
    const validated = await run(["validate", "--with-secrets", "--format", "json"], apiKey, { cwd });
    expect(readDocument(validated)["findings"]).toEqual([]);
  });

  test("writes a file that validates without a key when none is given", async () => {
    const { url } = await startReady("0.11.0");
    const { run: inWorkspace, folder } = await openWorkspace("");
    expect((await inWorkspace(["init", "--open-webui", url, "--out", "conf/chat.yaml"])).code).toBe(0);
    const text = readFileSync(join(folder, "conf/chat.yaml"), "utf8");
    expect(text).toContain("    # models: [");
    expect(text).not.toMatch(/^ *(models|apiKey):/mu);
    const validated = await inWorkspace(["validate", "-f", "conf/chat.yaml", "--format", "json"]);
    expect(readDocument(validated)["findings"]).toEqual([]);
    const planned = await inWorkspace(["plan", "-f", "conf/chat.yaml", "--format", "json"]);
    expect(readDocument(planned)).toMatchObject({ ok: true, blockers: [] });
  });

  test("watches the models of --model, and notes those that the account does not see", async () => {
    const { url, apiKey } = await startReady("0.11.0");
    const cwd = newFolder();
    const models = ["--model", "llama3.1:latest", "--model", "o3", "--model", "o3"];
    const ended = await run(["init", "--open-webui", url, ...models], apiKey, { cwd });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("does not see o3:") });
    const text = readFileSync(join(cwd, "monitors.yaml"), "utf8");
    expect(text.match(/^ {6}- .*/gmu)).toEqual(['      - "llama3.1:latest"', "      - o3"]);
    const validated = await run(["validate", "--with-secrets", "--format", "json"], apiKey, { cwd });
    expect(readDocument(validated)["findings"]).toEqual([]);
  });

  test("needs no Open WebUI when the models are named", async () => {
    const { run: inWorkspace, folder } = await openWorkspace("");
    const ended = await inWorkspace(["init", "--model", "gpt-4o", "--out", "chat.yaml"]);
    expect(ended).toMatchObject({ code: 0, questions: [] });
    expect(ended.stdout).toContain("which was not asked");
    expect(ended.stdout).toContain("  kuma-sync plan -f chat.yaml\n");
    expect(readFileSync(join(folder, "chat.yaml"), "utf8")).toContain("- gpt-4o");
    const env = { OPEN_WEBUI_API_KEY: "sk-Zq9vX3" };
    const planned = await inWorkspace(["plan", "-f", "chat.yaml", "--format", "json"], { env });
    expect(readDocument(planned)).toMatchObject({ ok: true, blockers: [], summary: { create: 7 } });
  });

  test("asks on a terminal, the key too, and shows no key", async () => {
    const { url, apiKey } = await startReady("0.11.0");
    const cwd = newFolder();
    const ended = await run(["init", "--out", "chat.yaml"], undefined, { cwd, answers: [url, apiKey] });
    expect(ended.code).toBe(0);
    expect(ended.questions).toHaveLength(2);
    expect(ended.stdout + ended.stderr).not.toContain(apiKey);
    expect(readFileSync(join(cwd, "chat.yaml"), "utf8")).toContain("gpt-4o");
  });

  test("creates the folder of the file, and reports why it cannot", async () => {
    const cwd = newFolder();
    const args = ["init", "--model", "gpt-4o", "--out"];
    expect((await run([...args, "deep/down/chat.yaml"], undefined, { cwd })).code).toBe(0);
    expect(existsSync(join(cwd, "deep/down/chat.yaml"))).toBe(true);
    const ended = await run([...args, "deep/down/chat.yaml/chat.yaml"], undefined, { cwd });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("a part of the path is not a folder") });
  });

  test("never overwrites a file, and checks that before it asks anything", async () => {
    const { url, requests } = await startUsed("0.11.0");
    const cwd = newFolder();
    writeFileSync(join(cwd, "monitors.yaml"), "mine");
    const ended = await run(["init", "--open-webui", url], "sk-Zq9vX3", { cwd });
    expect(ended.code).toBe(5);
    expect(readFileSync(join(cwd, "monitors.yaml"), "utf8")).toBe("mine");
    expect(requests).toEqual([]);
  });

  test("writes nothing where no Open WebUI answers", async () => {
    const cwd = newFolder();
    expect((await run(["init", "--open-webui", nowhere], "sk-Zq9vX3", { cwd })).code).toBe(7);
    expect(existsSync(join(cwd, "monitors.yaml"))).toBe(false);
  });

  test.for([[], ["--project", "a b", "--open-webui", nowhere]])("has nobody to ask: %j", async (args) => {
    expect((await run(["init", ...args], undefined, { cwd: newFolder() })).code).toBe(64);
  });
});
