/** What the doctor says of providers: which of them is wrong, and what it says itself. */
import { describe, expect, it } from "vitest";
import { diagnose } from "../../../../src/services/open-webui/doctor/doctor.ts";
import type { Advice } from "../../../../src/services/diagnosis.ts";
import type { ProviderFault } from "../stand-in/state.ts";
import { configure, port, restrict, startReady, type Ready } from "../with-stand-in.ts";

const models = ["gpt-4o-mini", "llama3.1:latest"];

interface Asked {
  readonly models?: readonly string[];
  readonly wantsCompletions?: boolean;
}

async function advice({ url, apiKey }: Ready, asked: Asked = {}): Promise<readonly Advice[]> {
  const diagnosis = await diagnose(port, { url, apiKey, models, ...asked });
  return diagnosis.advice.filter(({ code }) => code !== "known-fault");
}

const codes = async (server: Ready, asked?: Asked): Promise<readonly string[]> =>
  (await advice(server, asked)).map(({ code }) => code);

const json = (status: number, body: unknown, headers?: Readonly<Record<string, string>>): ProviderFault => ({
  type: "reply",
  status,
  contentType: "application/json",
  body: JSON.stringify(body),
  ...(headers === undefined ? {} : { headers }),
});
const page: ProviderFault = {
  type: "reply",
  status: 502,
  contentType: "text/html",
  body: "<html><head><title>502 Bad Gateway</title></head><body>x</body></html>",
};

describe("a model that the account does not see", () => {
  it("is told from one that no provider lists", async () => {
    const server = await startReady("0.12.4");
    server.state.rows.delete("gpt-4o-mini");
    server.state.rows.set("gpt-4o", { id: "gpt-4o", name: "gpt-4o", access_grants: [] });
    const asked = { models: ["gpt-4o-mini", "gpt-4o"] };
    expect(await advice(server, asked)).toMatchObject([
      { code: "model-not-granted", message: expect.stringContaining("or there is no model of that id") },
      { code: "model-not-granted", message: 'the account may not read the model "gpt-4o"' },
    ]);
    const granted = await startReady("0.12.4");
    granted.state.providers.openai.models = ["another"];
    const [told] = await advice(granted);
    expect(told).toMatchObject({
      code: "model-not-listed",
      message: expect.stringContaining("no provider lists it now"),
    });
    expect(told?.steps.join(" ")).toContain("Admin Panel > Settings > Connections");
  });

  it("cannot be told from it where keys are limited to a list of endpoints", async () => {
    const server = await startReady("0.12.4");
    restrict(server);
    server.state.providers.openai.isUp = false;
    const [told] = await advice(server);
    expect(told).toMatchObject({ code: "model-not-seen", message: expect.stringContaining("this key cannot tell") });
    expect(told?.steps.join(" ")).toMatch(/Settings > Models .*Settings > Connections/u);
    server.state.providers.openai.isUp = true;
    server.state.rows.delete("gpt-4o-mini");
    expect(await codes(server)).toEqual(["model-not-seen"]);
    server.state.providers.ollama.isUp = false;
    // Its version shows that Ollama is down, whatever was granted.
    expect(await codes(server)).toEqual(["provider-down", "model-not-seen"]);
  });
});

it("never asks a connection by its number", async () => {
  const server = await startReady("0.12.4");
  server.state.providers.openai.isUp = false;
  await advice(server, { wantsCompletions: true });
  expect(server.requests.filter((request) => /\/\d+$/u.test(request))).toEqual([]);
});

it.each([
  ["openai", "gpt-4o-mini"],
  ["ollama", "llama3.1:latest"],
] as const)("knows that the API of %s is switched off", async (kind, model) => {
  const server = await startReady("0.12.4");
  server.state.providers[kind].isEnabled = false;
  expect(await advice(server)).toMatchObject([
    { code: "provider-switched-off", severity: "error", message: expect.stringContaining(model) },
  ]);
});

it("reports an Ollama that answers something else than its version, and blames no grant", async () => {
  const server = await startReady("0.12.4");
  server.state.providers.ollama.version = page;
  expect(await codes(server)).toEqual(["ollama-version-failed"]);
  server.state.providers.ollama.list = page;
  expect((await codes(server)).toSorted()).toEqual(["model-not-listed", "ollama-version-failed"]);
});

it("recommends a completion where the ids are written in the connection", async () => {
  const server = await startReady("0.12.4");
  server.state.providers.openai.hasManualIds = true;
  const [told] = await advice(server);
  expect(told).toMatchObject({
    code: "manual-model-ids",
    severity: "warning",
    message: expect.stringContaining("gpt-4o-mini"),
  });
  expect(told?.steps.join(" ")).toContain("--completions");
  server.state.providers.openai.isUp = false;
  expect(await codes(server)).toEqual(["manual-model-ids"]);
  expect(await codes(server, { wantsCompletions: true })).toEqual(["completion-failed", "manual-model-ids"]);
});

describe("a completion that fails", () => {
  it.each<[about: string, fault: ProviderFault, openai: RegExp, ollama: RegExp]>([
    [
      "the provider refuses Open WebUI's key",
      json(401, { error: { message: "Incorrect API key provided: sk-abcdef0123456789abcdef" } }),
      /status 401: Incorrect API key provided: \(sensitive\) .*Open WebUI's own key/u,
      /status 401.*Open WebUI's own key/u,
    ],
    [
      "a limit",
      json(429, { error: { message: "Rate limit reached" } }, { "retry-after": "20" }),
      /status 429: Rate limit reached .*to wait 20s/u,
      /status 429: Rate limit reached .*to wait 20s/u,
    ],
    [
      "an error",
      json(500, { error: { message: "The server had an error" } }),
      /status 500: The server had an error .*the provider's own words/u,
      /status 500: The server had an error/u,
    ],
    [
      "a page",
      page,
      /status 502: a web page titled 502 Bad Gateway/u,
      /status 502: Open WebUI: Server Connection Error/u,
    ],
    [
      "a page with status 200",
      { ...page, status: 200 },
      /text in place of a completion, with status 200: a web page/u,
      /'NoneType' .*no completion, such as a web page/u,
    ],
    ["null", json(200, null), /answered with null .*could not read/u, /'NoneType'/u],
    [
      "an error with status 200",
      json(200, { error: { message: "Model is overloaded" } }),
      /an error with status 200: Model is overloaded/u,
      /without any text/u,
    ],
    ["no answer", { type: "drop" }, /Server Connection Error .*whether the provider runs/u, /Server disconnected/u],
  ])("shows what the provider said: %s", async (_, fault, openai, ollama) => {
    const server = await startReady("0.12.4");
    server.state.providers.openai.completion = fault;
    server.state.providers.ollama.completion = withOllamaError(fault);
    const told = await advice(server, { wantsCompletions: true });
    const texts = told.map(({ message, steps }) => `${message} ${steps.join(" ")}`);
    expect(texts).toEqual([expect.stringMatching(openai), expect.stringMatching(ollama)]);
    expect(texts.join(" ")).not.toMatch(/0\.9\.5|abcdef|key that it has|bot/u);
  });

  it("is explained by the release only on that release", async () => {
    const server = await startReady("0.9.5");
    const [told] = await advice(server, { wantsCompletions: true });
    expect(told?.steps.join(" ")).toContain("upgrade to 0.9.6");
  });
});

it("warns once of a release that nobody tested", async () => {
  const server = await startReady("0.99.0");
  expect(await codes(server)).toEqual(["untested-release"]);
});

it.each([
  ["0.11.0", "Admin Panel > Settings > General"],
  ["0.12.4", "Admin Panel > Settings > Authentication"],
])("names the menu of %s", async (version, menu) => {
  const server = await startReady(version);
  configure(server, { ENABLE_API_KEYS: false });
  const [told] = await advice(server);
  expect(told).toMatchObject({ code: "keys-disabled" });
  expect(told?.steps[0]).toContain(`${menu} and enable`);
});

/** The same fault in the form of Ollama's errors. */
function withOllamaError(fault: ProviderFault): ProviderFault {
  if (fault.type === "drop" || !fault.body.includes('"error"')) return fault;
  const { error } = JSON.parse(fault.body) as { readonly error: { readonly message: string } };
  return { ...fault, body: JSON.stringify({ error: error.message }) };
}
