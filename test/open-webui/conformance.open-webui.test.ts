/** What a real Open WebUI answers, request by request, is what is written down for the stand-in to be held to. */
import { describe, expect, inject, test } from "vitest";
import { comparedStates, secondFactorState, type ComparedState } from "./conformance/requests.ts";
import { observe, written, type ComparedServer } from "./conformance/observe.ts";
import { startProvider } from "./providers/provider.ts";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { isBetween } from "../../src/model/release.ts";
import { callOpenWebUI } from "./real/call-open-webui.ts";
import { administrator, newData, startOpenWebUI } from "./real/start-open-webui.ts";
import { setProviders } from "./real/subject.ts";

const { tested, before } = inject("openWebUI");

describe.each([before, tested])("$version", (installed) => {
  test.skipIf(installed.type === "missing")(
    "answers as it is written down",
    { timeout: 900_000 },
    async ({ onTestFinished }) => {
      if (installed.type === "missing") throw new Error(installed.reason);
      const providers = { openai: await startProvider("openai"), ollama: await startProvider("ollama") };
      const data = await newData();
      onTestFinished(async () => {
        await Promise.all([data.remove(), providers.openai.stop(), providers.ollama.stop()]);
      });
      const addresses = { openai: providers.openai.url, ollama: providers.ollama.url };
      const running = await startOpenWebUI({ ...installed, data, providers: addresses });
      onTestFinished(() => running.stop());
      const { url } = running;

      const server: ComparedServer = {
        url,
        admin: administrator,
        async enter(state, { key, session }) {
          await setConnections(url, session, state);
          await setProviders({ url, providers }, key, state.providers ?? {}, state);
        },
      };
      const hasSecondFactor = isBetween(installed.version, "0.12.0") === true;
      const observed = await observe(server, [...comparedStates, ...(hasSecondFactor ? [secondFactorState] : [])]);
      await expect(written(observed)).toMatchFileSnapshot(`conformance/${installed.version}.txt`);
    },
  );
});

/** Switches the kinds of providers on and off, and writes ids into OpenAI's connection, as the settings page does. */
async function setConnections(
  url: string,
  token: string,
  { disabled = [], hasManualIds = false }: ComparedState,
): Promise<void> {
  const ids = hasManualIds ? { "0": { enable: true, model_ids: ["gpt-4o-mini", "gpt-4o"] } } : {};
  const changes = {
    openai: { ENABLE_OPENAI_API: !disabled.includes("openai"), OPENAI_API_CONFIGS: ids },
    ollama: { ENABLE_OLLAMA_API: !disabled.includes("ollama") },
  } as const;
  for (const [kind, change] of Object.entries(changes)) {
    const { body } = await callOpenWebUI(url, `GET /${kind}/config`, { token });
    const changed: Json = { ...(isJsonObject(body) ? body : {}), ...change };
    if (
      isJsonObject(body) &&
      Object.entries(change).every(([name, value]) => JSON.stringify(body[name]) === JSON.stringify(value))
    )
      continue;
    const { status } = await callOpenWebUI(url, `POST /${kind}/config/update`, { token, body: changed });
    if (status !== 200) throw new Error(`changing the connections of ${kind} was answered with ${status}`);
  }
}
