/** The Open WebUI of a test file: one that it starts, with providers of ours, or the running one that the environment names. */
import { setTimeout as delay } from "node:timers/promises";
import { inject } from "vitest";
import { startProvider, type Condition, type Provider } from "../providers/provider.ts";
import type { ProviderKind } from "../providers/replies.ts";
import { administrator, newData, startOpenWebUI } from "./start-open-webui.ts";

export interface Subject {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly providers: Readonly<Record<ProviderKind, Provider>>;
  stop(): Promise<void>;
}

const env = process.env;

/** Milliseconds; a list that hangs takes ten seconds. */
const noticeLimit = 120_000;

/**
 * `OPEN_WEBUI_TEST_URL` is an Open WebUI to throw away, whose providers are expected at `OPEN_WEBUI_TEST_PROVIDER_PORTS` of this
 * machine (OpenAI's first), where the test starts ours. Its administrator: `OPEN_WEBUI_ADMIN_EMAIL` and `…_PASSWORD`.
 */
const given = env["OPEN_WEBUI_TEST_URL"] ?? "";

/** Whether a test file can have one. */
export const hasSubject = given !== "" || inject("openWebUI").tested.type === "installed";

export async function startSubject(settings: Readonly<Record<string, string>> = {}): Promise<Subject> {
  return given === "" ? startInstalled(settings) : startGiven();
}

async function startInstalled(settings: Readonly<Record<string, string>>): Promise<Subject> {
  const { tested } = inject("openWebUI");
  if (tested.type === "missing") throw new Error(tested.reason);
  const providers = { openai: await startProvider("openai"), ollama: await startProvider("ollama") };
  const data = await newData();
  const addresses = { openai: providers.openai.url, ollama: providers.ollama.url };
  const server = await startOpenWebUI({ ...tested, data, providers: addresses, settings });
  return {
    url: server.url,
    admin: administrator,
    providers,
    stop: async () => {
      await server.stop();
      await Promise.all([data.remove(), providers.openai.stop(), providers.ollama.stop()]);
    },
  };
}

async function startGiven(): Promise<Subject> {
  const ports = (env["OPEN_WEBUI_TEST_PROVIDER_PORTS"] ?? "").split(",").map(Number);
  const [openaiPort, ollamaPort] = ports;
  const { OPEN_WEBUI_ADMIN_EMAIL: email = "", OPEN_WEBUI_ADMIN_PASSWORD: password = "" } = env;
  if (!openaiPort || !ollamaPort || email === "" || password === "") {
    throw new Error(
      "OPEN_WEBUI_TEST_URL needs OPEN_WEBUI_TEST_PROVIDER_PORTS=<OpenAI's>,<Ollama's>, OPEN_WEBUI_ADMIN_EMAIL and OPEN_WEBUI_ADMIN_PASSWORD",
    );
  }
  const providers = {
    openai: await startProvider("openai", openaiPort),
    ollama: await startProvider("ollama", ollamaPort),
  };
  return {
    url: given.replace(/\/+$/u, ""),
    admin: { email, password },
    providers,
    stop: async () => {
      await Promise.all([providers.openai.stop(), providers.ollama.stop()]);
    },
  };
}

/** Kinds of providers that are switched off, and whether the ids of OpenAI's models are written in its connection. */
interface Connections {
  readonly disabled?: readonly ProviderKind[];
  readonly hasManualIds?: boolean;
}

/**
 * Puts both providers into a condition, and resolves when Open WebUI has noticed: it keeps their lists for a second
 * (MODELS_CACHE_TTL), and refuses completions of models that it did not find when it asked last.
 */
export async function setProviders(
  { url, providers }: Pick<Subject, "url" | "providers">,
  apiKey: string,
  conditions: Readonly<Partial<Record<ProviderKind, Condition>>>,
  { disabled = [], hasManualIds = false }: Connections = {},
): Promise<void> {
  const lists = {
    openai: { path: "/openai/models", asks: "GET /v1/models" },
    ollama: { path: "/ollama/api/tags", asks: "GET /api/tags" },
  } as const;
  const headers = { authorization: `Bearer ${apiKey}` };
  await Promise.all(
    (["openai", "ollama"] as const).map(async (kind) => {
      const { path, asks } = lists[kind];
      const provider = providers[kind];
      const condition = conditions[kind] ?? {};
      await provider.set(condition);
      // Nobody asks it for its list.
      if (disabled.includes(kind) || (kind === "openai" && hasManualIds)) return;
      const seen = provider.requests.length;
      const deadline = performance.now() + noticeLimit;
      for (;;) {
        if (performance.now() > deadline) throw new Error(`Open WebUI does not notice that ${kind} changed`);
        const answer = await (await fetch(url + path, { headers })).text();
        const isAsked = provider.requests.slice(seen).includes(asks);
        // One that is gone sees no request: its models are not listed any more.
        if (condition.isGone === true ? !/gpt-4o|llama3\.1/u.test(answer) : isAsked) break;
        await delay(50);
      }
    }),
  );
  await (await fetch(`${url}/api/models`, { headers })).text();
}
