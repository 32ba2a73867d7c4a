/** Asks an Open WebUI everything that is compared, and writes down what it answers: a line for each answer. */
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { carryOutAccount } from "../../../src/services/open-webui/account/bootstrap-account.ts";
import { planAccount } from "../../../src/services/open-webui/account/plan-account.ts";
import { fetchPort } from "../../../src/services/requests/fetch-port.ts";
import { callOpenWebUI } from "../real/call-open-webui.ts";
import type { Asker, ComparedRequest, ComparedState } from "./requests.ts";
import { shapeOf } from "./shape.ts";

export interface ComparedServer {
  readonly url: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Brings providers and connections into the state, and resolves when the server has noticed. */
  enter(state: ComparedState, tokens: { readonly key: string; readonly session: string }): Promise<void>;
}

export interface Observation {
  readonly state: string;
  /** `user's key: GET /api/models` */
  readonly asked: string;
  readonly status: number;
  readonly contentType: string;
  readonly shape: Json;
}

/** The server must be new, with its administrator. It gets an account for the monitors that may read two models. */
export async function observe(
  server: ComparedServer,
  states: readonly ComparedState[],
): Promise<readonly Observation[]> {
  const { url, admin } = server;
  const session = await callOpenWebUI(url, "POST /api/v1/auths/signin", { body: admin });
  const token = textIn(session.body, "token");
  const port = fetchPort({ timeoutMs: 60_000 });
  const account = { email: "bot@example.test", name: "Monitoring bot", password: "Bot-Zq9vX3-secret" };
  const grants = ["gpt-4o-mini", "llama3.1:latest"];
  const wish = { url, admin, account, group: "Monitoring", grants };
  const plan = await planAccount(port, wish);
  const { apiKey } = await carryOutAccount(port, wish, { plan, makePassword: () => account.password });
  const made = await callOpenWebUI(url, "POST /api/v1/auths/api_key", { token });
  const tokens: Readonly<Record<Asker, string | undefined>> = {
    nobody: undefined,
    "wrong text": "YOUR_API_KEY",
    "unknown key": "sk-ffffffffffffffffffffffffffffffff",
    "user's key": apiKey,
    "administrator's key": textIn(made.body, "api_key"),
    administrator: token,
  };
  const settings = await readSettings(url, token);
  const observations: Observation[] = [];
  for (const state of states) {
    await server.enter(state, { key: apiKey, session: token });
    if (state.settings !== undefined) await writeSettings(url, token, { ...settings, ...state.settings });
    for (const { request, askers, about, body } of state.requests) {
      for (const asker of askers) {
        const sent = bodyOf(body, { settings, email: admin.email });
        const answer = await callOpenWebUI(url, request, { token: tokens[asker], body: sent });
        const { status, contentType } = answer;
        const asked = `${asker}: ${request}${about === undefined ? "" : ` (${about})`}`;
        observations.push({ state: state.name, asked, status, contentType, shape: shapeOf(answer.body) });
      }
    }
    if (state.settings !== undefined) await writeSettings(url, token, settings);
  }
  return observations;
}

const asBefore = "as before";

/** One line an answer, for a file. An answer that is the same as the last one to the same request is not repeated. */
export function written(observations: readonly Observation[]): string {
  const last = new Map<string, string>();
  const lines = observations.map(({ state, asked, status, contentType, shape }) => {
    const answer = [String(status), contentType, JSON.stringify(shape)].join(" | ");
    const isSame = last.get(asked) === answer;
    last.set(asked, answer);
    return [state, asked, isSame ? asBefore : answer].join(" | ");
  });
  return `${lines.join("\n")}\n`;
}

export function readObservations(text: string): readonly Observation[] {
  const last = new Map<string, string>();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [state = "", asked = "", ...rest] = line.split(" | ");
      const said = rest.join(" | ");
      const answer = said === asBefore ? (last.get(asked) ?? "") : said;
      last.set(asked, answer);
      const [status = "", contentType = "", ...shape] = answer.split(" | ");
      return { state, asked, status: Number(status), contentType, shape: JSON.parse(shape.join(" | ")) as Json };
    });
}

function bodyOf(
  body: ComparedRequest["body"],
  about: { readonly settings: JsonObject; readonly email: string },
): Json | undefined {
  return typeof body === "function" ? body(about) : body;
}

async function readSettings(url: string, token: string): Promise<JsonObject> {
  const { body } = await callOpenWebUI(url, "GET /api/v1/auths/admin/config", { token });
  if (!isJsonObject(body)) throw new Error("the settings cannot be read");
  return body;
}

/** The last state may end the session that wrote it. */
async function writeSettings(url: string, token: string, body: JsonObject): Promise<void> {
  await callOpenWebUI(url, "POST /api/v1/auths/admin/config", { token, body });
}

function textIn(body: Json, name: string): string {
  const value = isJsonObject(body) ? body[name] : undefined;
  if (typeof value !== "string") throw new Error(`the answer has no ${name}`);
  return value;
}
