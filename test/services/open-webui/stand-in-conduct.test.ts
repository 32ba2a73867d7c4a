import { newestTestedOpenWebUI } from "../../../src/services/open-webui/facts/facts-by-release.ts";
import type { Fault } from "../../open-webui/providers/faults.ts";
import type { Condition } from "../../open-webui/providers/provider.ts";
import { admin } from "./with-stand-in.ts";
import { describeConduct, type Conditions, type ConductSubject } from "./stand-in/conduct.ts";
import { startOpenWebUI } from "./stand-in/stand-in.ts";
import { addUser, newState, type Provider, type ProviderFault } from "./stand-in/state.ts";

describeConduct(startStandIn);

async function startStandIn(): Promise<ConductSubject> {
  const server = await startOpenWebUI(newestTestedOpenWebUI);
  addUser(server.state, { ...admin, name: "Admin", role: "admin" });
  const { providers: usual } = newState(newestTestedOpenWebUI);
  const condition = async (conditions: Conditions): Promise<void> => {
    const { openai, ollama } = server.state.providers;
    put(openai, usual.openai.models, conditions.openai);
    put(ollama, usual.ollama.models, conditions.ollama);
  };
  return {
    url: server.url,
    admin,
    condition,
    settle: async (conditions, apiKey) => {
      await condition(conditions);
      await fetch(`${server.url}/api/models`, { headers: { authorization: `Bearer ${apiKey}` } });
    },
    stop: () => server.stop(),
  };
}

function put(provider: Provider, models: readonly string[], condition: Condition = {}): void {
  provider.isUp = condition.isGone !== true;
  provider.models = condition.models ?? models;
  provider.list = fault(condition.list);
  provider.version = fault(condition.version);
  provider.completion = fault(condition.completion);
}

function fault(given: Fault | undefined): ProviderFault | undefined {
  if (given === undefined || given.type === "reply" || given.type === "drop") return given;
  throw new Error(`the stand-in has no fault "${given.type}"`);
}
