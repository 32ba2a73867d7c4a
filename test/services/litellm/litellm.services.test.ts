/** The claims of a LiteLLM's monitors and its doctor, on a real proxy whose provider is broken. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { openLab } from "../../../src/query/lab.ts";
import { expandBlock } from "../../../src/services/blocks/expand-block.ts";
import { doctor } from "../../../src/services/litellm/doctor/doctor.ts";
import { service } from "../../../src/services/litellm/service.ts";
import { askOnce } from "../../../src/services/requests/ask-once.ts";
import { fetchPort } from "../../../src/services/requests/fetch-port.ts";
import { builtChild } from "../../query/built-child.ts";
import { startProvider, type BreakableProvider, type ProviderMode } from "../real/breakable-provider.ts";
import { installPythonProgram } from "../real/install-python-program.ts";
import { startProgram, type StartedProgram } from "../real/start-program.ts";
import { verdictOf } from "../verdict-of.ts";

const version = "1.108.7";
const litellm = await installPythonProgram({
  name: `litellm-${version}`,
  packages: [`litellm[proxy]==${version}`],
  program: "litellm",
  variable: "LITELLM_BIN",
});
const isMissing = litellm.type === "missing";
afterAll(() => {
  if (isMissing) process.stdout.write(`\nSKIPPED the tests with a real LiteLLM: ${litellm.reason}\n`);
});

const apiKey = "sk-master-Zq9vX3";
const port = fetchPort({ timeoutMs: 60_000 });
const states = [
  ["healthy", "healthy", []],
  ["401", "upstream-401", ["provider-refuses-key"]],
  ["500", "upstream-500", ["provider-down"]],
  ["502html", "upstream-502html", ["provider-down"]],
  ["html200", "upstream-html200", ["provider-down"]],
  ["err200", "upstream-err200", ["provider-down"]],
  ["empty", "upstream-empty", ["provider-down"]],
  ["drop", "upstream-drop", ["provider-down"]],
  ["healthy", "healthy", []],
] as const satisfies readonly (readonly [ProviderMode, string, readonly string[]])[];

describe.skipIf(isMissing)("a real LiteLLM", () => {
  const lab = openLab({ entry: builtChild() });
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-litellm-"));
  let provider: BreakableProvider;
  let proxy: StartedProgram;

  beforeAll(async () => {
    provider = await startProvider();
    const config = join(folder, "config.yaml");
    const params = { model: "openai/gpt-4o-mini", api_base: `${provider.url}/v1`, api_key: "sk-provider" };
    writeFileSync(
      config,
      JSON.stringify({
        model_list: [{ model_name: "gpt-4o-mini", litellm_params: params }],
        general_settings: { master_key: apiKey },
        litellm_settings: { request_timeout: 20, num_retries: 0 },
        // Otherwise a provider that failed is set aside for 5 seconds, and the next answer hides why.
        router_settings: { disable_cooldowns: true },
      }),
    );
    proxy = await startProgram({
      program: isMissing ? "" : litellm.program,
      args: (free) => ["--config", config, "--host", "127.0.0.1", "--port", String(free)],
      path: "/health/liveliness",
      // Without it, prices are fetched from the network at the start.
      env: { LITELLM_LOCAL_MODEL_COST_MAP: "True" },
    });
  });

  afterAll(async () => {
    lab.close();
    await proxy.stop();
    await provider.stop();
    rmSync(folder, { recursive: true });
  });

  it("is recognised without a key, with its release", async () => {
    expect(await doctor.recognise(askOnce(port, proxy.url))).toEqual({ version });
  });

  it.each(states)("provider %s: the monitors say what %s claims, and the doctor %j", async (mode, state, codes) => {
    provider.break(mode);
    const block = { url: proxy.url, apiKey, backgroundChecks: true, models: ["gpt-4o-mini"] };
    const { monitors } = expandBlock(service, "main", block);
    const { checks, states: claimed } = service.claims;
    const seenBy = claimed.find(({ id }) => id === state)?.seenBy ?? [];
    for (const check of Object.keys(checks)) {
      const [, made] = Object.entries(monitors).find(([key]) => key.startsWith(`main.${check}`)) ?? [];
      const verdict = await verdictOf(lab, made?.written ?? {}, { answer: await answerTo(made?.written ?? {}) });
      expect(`${check} ${verdict}`).toBe(`${check} ${seenBy.includes(check) ? "down" : "up"}`);
    }
    const { advice } = await doctor.diagnose(port, block, { wantsCompletions: true });
    expect(advice.map(({ code }) => code)).toEqual(codes);
  });

  it("tells a wrong key from a provider that is down", async () => {
    const block = { url: proxy.url, apiKey: "sk-wrong", models: ["gpt-4o-mini"] };
    const { advice, version: told } = await doctor.diagnose(port, block, { wantsCompletions: true });
    expect([told, advice.map(({ code }) => code)]).toEqual([undefined, ["key-unknown"]]);
  });
});

/** As Uptime Kuma would ask. */
async function answerTo(written: JsonObject): Promise<{ status: number; contentType: string; body: string }> {
  const { url, method = "GET", headers = {}, body } = written;
  const response = await fetch(url as string, {
    method: method as string,
    redirect: "manual",
    headers: { ...(headers as Record<string, string>), "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { status } = response;
  return { status, contentType: response.headers.get("content-type") ?? "", body: await response.text() };
}
