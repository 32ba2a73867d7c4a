/** Every example of Open WebUI goes through the program: valid, tested, and for the preset, never blind. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startStandIn } from "../../examples/open-webui/stand-in.mjs";
import type { TestedMonitor } from "../../src/model/tested-monitor.ts";
import { readDocument } from "./documents.ts";
import { startReady } from "../services/open-webui/with-stand-in.ts";
import { builtProgram, runProgram, type Ran } from "../cli/built-program.ts";

beforeAll(() => void builtProgram());

const folder = fileURLToPath(new URL("../../examples/open-webui/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const root = fileURLToPath(new URL("../../", import.meta.url));
const run = (cwd: string, ...args: readonly string[]): Promise<Ran> =>
  runProgram(args, { cwd, env: { OPEN_WEBUI_API_KEY: "sk-Zq9vX3" } });

function monitorsOf({ code, stdout, stderr }: Ran): readonly TestedMonitor[] {
  const document = readDocument({ code: code ?? -1, stdout, stderr, questions: [] });
  return document["monitors"] as unknown as readonly TestedMonitor[];
}

describe.each([
  ...files.map((file) => [`examples/open-webui/${file}`, join(folder, file)]),
  ["monitors.yaml", join(root, "monitors.yaml")],
])("%s", (_, file) => {
  it("is valid, and each of its monitors is tested without a request", async () => {
    expect((await run(folder, "validate", "-f", file)).code).toBe(0);
    const tested = await run(folder, "test", "-f", file, "--format", "json");
    expect(tested.code).toBe(0);
    for (const { key, experiment } of monitorsOf(tested)) {
      expect({ key, missed: experiment && experiment.dead.total - experiment.dead.count }).toEqual({ key, missed: 0 });
    }
  });
});

describe.each(files)("examples/open-webui/%s against the stand-in", (file) => {
  it("is up, as a probe sees it", async () => {
    const standIn = await startStandIn();
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(async () => {
      rmSync(cwd, { recursive: true });
      await standIn.stop();
    });
    const text = readFileSync(join(folder, file), "utf8").replaceAll("http://127.0.0.1:8080", standIn.url);
    writeFileSync(join(cwd, file), text);
    const args = ["test", "--probe", "-f", file, "--format", "json"];
    const tested = await runProgram(args, { cwd, env: { OPEN_WEBUI_API_KEY: standIn.apiKey } });
    const { code, stdout, stderr } = tested;
    const { probes } = readDocument({ code: code ?? -1, stdout, stderr, questions: [] }) as unknown as {
      readonly probes: readonly { readonly key: string; readonly status: string }[];
    };
    expect(probes.filter(({ status }) => status !== "up")).toEqual([]);
    expect(code).toBe(0);
  });
});

const servers = ["2.5.3", "2.0.2", "1.23.17"].flatMap((version) => ["--server", version]);

describe.each(["0.5.20", "0.6.18", "0.8.12", "0.9.4", "0.10.2", "0.11.0", "0.12.4"])(
  "a block for Open WebUI %s",
  (version) => {
    it("detects outages, on any Uptime Kuma", async () => {
      const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
      onTestFinished(() => rmSync(cwd, { recursive: true }));
      const block = {
        url: "http://open-webui:8080",
        version,
        apiKey: "${env:OPEN_WEBUI_API_KEY}",
        database: true,
        volume: true,
        models: ["gpt-4o", "llama3.1:latest", { id: "it's a pipe", key: "pipe", provider: "none" }, "o3-mini"],
      };
      const yaml = JSON.stringify({ version: 1, project: "chat", openWebUI: { main: block } });
      writeFileSync(join(cwd, "monitors.yaml"), yaml);
      const tested = await run(cwd, "test", "--format", "json", ...servers);
      const monitors = monitorsOf(tested);
      expect(
        monitors.flatMap(({ key, findings }) =>
          findings.filter(({ severity }) => severity !== "info").map(({ code }) => [key, code]),
        ),
      ).toEqual([]);
      expect(tested.code).toBe(0);
      expect(monitors).toHaveLength(3 + 4 + 2 + 4);
      for (const { experiment } of monitors) {
        expect(experiment?.dead.count).toBe(experiment?.dead.total);
        expect(experiment?.falseAlarms.count).toBe(0);
        expect(experiment?.watched).not.toEqual([]);
      }
    });
  },
);

describe("a monitor written by the user", () => {
  it("gets no error for a field that the built-in sample lacks", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const own = { type: "json-query", url: "http://open-webui:8080/api/models", expectedValue: "true" };
    const monitors = { many: { ...own, jsonPath: "$count(data) > 20" } };
    writeFileSync(join(cwd, "monitors.yaml"), JSON.stringify({ version: 1, project: "chat", monitors }));
    const tested = await run(cwd, "test", "--format", "json");
    expect(tested.code).toBe(0);
    expect(monitorsOf(tested)[0]?.findings).toMatchObject([{ code: "KS1504", severity: "warning" }]);
  });

  it("is tested with its own sample", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const own = { type: "json-query", url: "http://open-webui:8080/api/models", expectedValue: "true" };
    const sample = { body: { data: [{ id: "a", special: 1 }] } };
    const monitors = { special: { ...own, jsonPath: "$exists(data[special=1])", sample } };
    writeFileSync(join(cwd, "monitors.yaml"), JSON.stringify({ version: 1, project: "chat", monitors }));
    const tested = await run(cwd, "test", "--format", "json");
    expect(tested.code).toBe(0);
    expect(monitorsOf(tested)[0]?.experiment?.watched).toContain("data[].special");
  });
});

describe("test --probe", () => {
  it("reads the release of the instance, and reports what that release cannot do", async () => {
    const server = await startReady("0.9.5");
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const main = { url: server.url, version: "0.11.0", apiKey: server.apiKey, models: ["gpt-4o"] };
    const yaml = JSON.stringify({ version: 1, project: "chat", openWebUI: { main } });
    writeFileSync(join(cwd, "monitors.yaml"), yaml);
    expect((await run(cwd, "validate")).code).toBe(0);
    const { code, stdout, stderr } = await run(cwd, "test", "--probe", "--format", "json");
    expect(code).toBe(9);
    const document = readDocument({ code: code ?? -1, stdout, stderr, questions: [] });
    expect(document).toMatchObject({
      openWebUI: [{ url: server.url, version: "0.9.5" }],
      findings: [
        { code: "KS1719", severity: "error" },
        {
          code: "KS1565",
          message: "Open WebUI 0.9.5 runs there, and the file says 0.11.0",
          pointer: "/openWebUI/main/version",
        },
      ],
    });
    expect((await run(cwd, "test", "--probe")).stdout).toContain("Open WebUI 0.9.5");
  });

  it.each([
    ["0.12", "0.12.4", []],
    ["v0.12.4", "0.12.4", []],
    ["0.12.3", "0.12.4", ["KS1565"]],
    ["0.99.0", "0.99.0", []],
    ["0.12.4", "0.99.0", ["KS1562", "KS1565"]],
    [undefined, "0.99.0", ["KS1562"]],
  ])("compares the release of the file, %s, with %s", async (version, runs, codes) => {
    const server = await startReady(runs);
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const main = { url: server.url, version, apiKey: server.apiKey, models: ["gpt-4o"] };
    const yaml = JSON.stringify({ version: 1, project: "chat", openWebUI: { main } });
    writeFileSync(join(cwd, "monitors.yaml"), yaml);
    const { code, stdout, stderr } = await run(cwd, "test", "--probe", "--format", "json");
    const document = readDocument({ code: code ?? -1, stdout, stderr, questions: [] });
    expect(code).toBe(0);
    expect((document["findings"] as readonly { readonly code: string }[]).map((finding) => finding.code)).toEqual(
      codes,
    );
  });

  it("does not fail a healthy instance", async () => {
    const server = await startReady("0.11.0");
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const main = { url: server.url, apiKey: server.apiKey, ready: true, volume: true, models: ["gpt-4o"] };
    const yaml = JSON.stringify({ version: 1, project: "chat", openWebUI: { main } });
    writeFileSync(join(cwd, "monitors.yaml"), yaml);
    const tested = await run(cwd, "test", "--probe", "--format", "json");
    expect({ code: tested.code, stderr: tested.stderr }).toEqual({ code: 0, stderr: "" });
  });
});
