import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { writeStarterConfig, type StarterOptions } from "../../../../src/services/open-webui/init/starter-config.ts";
import { readInstance } from "../../../../src/services/open-webui/requests/read-instance.ts";
import type { JsonObject } from "../../../../src/model/json.ts";
import { instanceOf } from "../../../../src/services/open-webui/rules/asked-monitor.ts";
import { blockSchema, expandBlock } from "../../../../src/services/blocks/expand-block.ts";
import { service } from "../../../../src/services/open-webui/service.ts";
import { checkOpenWebUI } from "../../../../src/services/open-webui/rules/check-open-webui.ts";
import type { WrittenOpenWebUI } from "../../../../src/services/open-webui/block/written.ts";
import { loadText } from "../../../config/load-text.ts";
import { port, startReady, startUsed } from "../with-stand-in.ts";

const isValidBlock = new Ajv2020({ allowUnionTypes: true, strict: false }).compile(blockSchema(service));

interface Starter extends JsonObject {
  readonly openWebUI: { readonly main: JsonObject };
}

/** The configuration as it is after interpolation and expansion. */
function expanded(text: string): {
  readonly starter: Starter;
  readonly block: WrittenOpenWebUI;
  readonly written: Record<string, JsonObject>;
} {
  const starter = parse(text) as Starter;
  isValidBlock(starter.openWebUI.main);
  expect(isValidBlock.errors).toBeNull();
  const block = unescaped({ ...starter.openWebUI.main, apiKey: "sk-0" }) as WrittenOpenWebUI;
  const { monitors, problems } = expandBlock(service, "main", block as unknown as JsonObject);
  expect(problems).toEqual([]);
  return {
    starter,
    block,
    written: Object.fromEntries(Object.entries(monitors).map(([key, { written }]) => [key, written])),
  };
}

/** As interpolation does it. */
function unescaped(block: unknown): unknown {
  return JSON.parse(JSON.stringify(block).replaceAll("$${", "${"));
}

const options: fc.Arbitrary<StarterOptions> = fc.record({
  url: fc.constantFrom("http://127.0.0.1:8080", "https://name:pass@example.com/chat/", "http://open-webui:8080"),
  version: fc.constantFrom(undefined, "0.6.18", "0.8.12", "0.9.5", "0.11.0"),
  models: fc.option(
    fc.uniqueArray(
      fc
        .record({
          id: fc.oneof(
            fc.string({ minLength: 1, maxLength: 120, unit: "binary" }),
            fc.constantFrom("gpt-4o", "llama3.1", "o3", "true", "1.0", "- x", "${env:HOME}", "a\nb", "x: y # z"),
          ),
          provider: fc.constantFrom("openai" as const, "ollama" as const, "none" as const),
        })
        // Ollama's ids always carry a tag.
        .map(({ id, provider }) => ({ id: provider === "ollama" ? `${id}:latest` : id, provider })),
      { maxLength: 30, selector: ({ id }) => id },
    ),
    { nil: undefined },
  ),
});

describe("writeStarterConfig", () => {
  it("is a valid configuration without findings, whatever the names of the models", async () => {
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const { starter, block, written } = expanded(writeStarterConfig(given));
        const { version, project, defaults, notifications } = starter as JsonObject;
        const monitors = JSON.parse(JSON.stringify(written).replaceAll("${", () => "$${")) as JsonObject;
        const text = stringify(
          { version, project, defaults, notifications, monitors },
          {
            aliasDuplicateObjects: false,
          },
        );
        const { findings } = await loadText(text);
        expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
        const problems = checkOpenWebUI(written, { instances: [instanceOf(block)] });
        expect(problems.filter(({ severity }) => severity !== "info")).toEqual([]);
        const ids = (block.models ?? []).map((model) => (typeof model === "string" ? model : model.id));
        const wanted = new Set((given.models ?? []).map(({ id }) => id));
        expect(ids.every((id) => wanted.has(id))).toBe(true);
        expect(ids).toHaveLength(Math.min(wanted.size, ids.length));
        expect(ids.length > 0).toBe(wanted.size > 0);
      }),
      { numRuns: 30 },
    );
  });

  it("treats a pipe with the name of an Ollama model as a pipe, as the instance reports it", async () => {
    const text = writeStarterConfig({
      url: "http://open-webui:8080",
      version: "0.11.0",
      models: [{ id: "llama3.1", provider: "none" }],
    });
    const { findings } = await loadText(text, { env: { OPEN_WEBUI_API_KEY: "sk-0" } });
    expect(text).toContain("{ id: llama3.1, provider: none }");
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  it("keeps the completion of a model whose id is written in its connection, and says why", async () => {
    const text = writeStarterConfig({
      url: "http://open-webui:8080",
      version: "0.12.4",
      models: [
        { id: "gpt-4o", provider: "openai", isManual: true },
        { id: "llama3.1:latest", provider: "ollama" },
      ],
    });
    expect(text).toContain("# gpt-4o: the connection has model ids written by hand");
    const { findings } = await loadText(text, { env: { OPEN_WEBUI_API_KEY: "sk-0" } });
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  it("holds no credentials of the address", () => {
    const text = writeStarterConfig({ url: "https://name:pass-Zq9@example.com", models: undefined });
    expect(text).not.toContain("pass-Zq9");
    expect(text).toContain('url: "https://example.com"');
  });

  it("looks like this", async () => {
    const models = [
      { id: "gpt-4o-mini", provider: "openai" },
      { id: "gpt-4o", provider: "openai" },
      { id: "llama3.1:latest", provider: "ollama" },
      { id: "echo_pipe", provider: "none" },
    ] as const;
    const text = writeStarterConfig({ url: "http://open-webui:8080/", version: "0.11.0", models });
    await expect(text).toMatchFileSnapshot("starter.yaml");
  });
});

describe("readInstance", () => {
  it("reads the release and what the account sees, with the provider of each", async () => {
    const { url, apiKey } = await startReady("0.11.0");
    expect(await readInstance(port, { url, apiKey })).toEqual({
      version: "0.11.0",
      models: [
        { id: "gpt-4o-mini", provider: "openai" },
        { id: "gpt-4o", provider: "openai" },
        { id: "llama3.1:latest", provider: "ollama" },
      ],
    });
    expect(await readInstance(port, { url })).toEqual({ version: "0.11.0", models: undefined });
  });

  it("reports nothing about an instance that refuses or does not answer", async () => {
    const { url } = await startUsed("0.11.0");
    expect(await readInstance(port, { url, apiKey: "sk-1" })).toEqual({ version: "0.11.0", models: undefined });
    const nowhere = { version: undefined, models: undefined };
    expect(await readInstance(() => Promise.reject(new Error("down")), { url, apiKey: "sk-1" })).toEqual(nowhere);
  });
});
