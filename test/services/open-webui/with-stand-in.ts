/** A stand-in with an administrator, a monitoring account with a key that works, and grants on every model. */
import { afterEach } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { neededEndpoints } from "../../../src/services/open-webui/facts/endpoints.ts";
import { fetchPort } from "../../../src/services/requests/fetch-port.ts";
import { addUser, does, newKey, type User } from "./stand-in/state.ts";
import { startOpenWebUI, type OpenWebUIStandIn } from "./stand-in/stand-in.ts";

export const port = fetchPort({ timeoutMs: 10_000 });
export const admin = { email: "admin@example.test", password: "admin-Zq9vX3-secret" };

const running: OpenWebUIStandIn[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** Without users. Stopped after the test. */
export async function startBare(version: string): Promise<OpenWebUIStandIn> {
  const server = await startOpenWebUI(version);
  running.push(server);
  return server;
}

export async function startUsed(version: string): Promise<OpenWebUIStandIn> {
  const server = await startBare(version);
  addUser(server.state, { ...admin, name: "Admin", role: "admin" });
  return server;
}

export interface Ready extends OpenWebUIStandIn {
  readonly bot: User;
  readonly apiKey: string;
}

export async function startReady(version: string): Promise<Ready> {
  const server = await startUsed(version);
  const { state } = server;
  const bot = addUser(state, { email: "bot@example.test", name: "bot", password: "bot-Zq9vX3-secret", role: "user" });
  bot.apiKey = newKey();
  const isNew = does(state, "keys-renamed");
  state.settings = { ...state.settings, [isNew ? "ENABLE_API_KEYS" : "ENABLE_API_KEY"]: true };
  const permissions = { features: { api_keys: true } };
  state.groups.push({ id: "g1", name: "Monitoring", description: "", permissions, userIds: [bot.id] });
  for (const id of [...state.providers.openai.models, ...state.providers.ollama.models]) grant(server, id);
  return { ...server, bot, apiKey: bot.apiKey };
}

/** To everybody. */
export function grant({ state }: OpenWebUIStandIn, id: string): void {
  const everybody = { principal_type: "user", principal_id: "*", permission: "read" };
  state.rows.set(id, {
    id,
    name: id,
    base_model_id: null,
    meta: {},
    params: {},
    access_control: null,
    access_grants: [everybody],
  });
}

/** Changes settings of the administrator. */
export function configure({ state }: OpenWebUIStandIn, settings: JsonObject): void {
  state.settings = { ...state.settings, ...settings };
}

/** Holds keys to `allowed`; without it, to what the monitors need. */
export function restrict({ state }: OpenWebUIStandIn, allowed: readonly string[] = neededEndpoints): void {
  const s = does(state, "keys-renamed") ? "S" : "";
  state.settings = {
    ...state.settings,
    [`ENABLE_API_KEY${s}_ENDPOINT_RESTRICTIONS`]: true,
    [`API_KEY${s}_ALLOWED_ENDPOINTS`]: allowed.join(","),
  };
}
