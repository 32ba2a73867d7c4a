import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import jsonata from "jsonata-2.1.1";
import { parse } from "yaml";
import { startStandIn, stateNames, type StandIn, type StandInState } from "../../examples/open-webui/stand-in.mjs";

async function start(): Promise<StandIn> {
  const standIn = await startStandIn();
  onTestFinished(() => standIn.stop());
  return standIn;
}

const json = { "content-type": "application/json" };

describe("the stand-in answers like Open WebUI", () => {
  it.each([
    ["GET", "/healthz"],
    ["GET", "/health/"],
    ["GET", "/api/models/"],
    ["GET", "/api/chat/completions"],
    ["HEAD", "/health"],
    ["HEAD", "/api/models"],
  ])("with a web page to %s %s", async (method, path) => {
    const { url } = await start();
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/html");
  });

  it("with 405 to a POST that no route takes", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/health`, { method: "POST" });
    expect([response.status, await response.json()]).toEqual([405, { detail: "Method Not Allowed" }]);
  });

  it.each([
    [{}, "Not authenticated"],
    [{ authorization: "Bearer" }, "Not authenticated"],
    [{ authorization: "Bearer YOUR_API_KEY" }, "401 Unauthorized"],
    [{ authorization: "Basic eDp5" }, "401 Unauthorized"],
    [{ authorization: "Bearer sk-unknown" }, "Your session has expired or the token is invalid. Please sign in again."],
  ])("with 401 to the key in %j", async (headers, detail) => {
    const { url } = await start();
    const response = await fetch(`${url}/api/models`, { headers: headers as Record<string, string> });
    expect([response.status, await response.json()]).toEqual([401, { detail }]);
  });

  it("to the right key in either header, and without one on /health", async () => {
    const { url, apiKey } = await start();
    for (const headers of [{ authorization: `bearer ${apiKey}` }, { "x-api-key": apiKey }]) {
      expect((await fetch(`${url}/api/models`, { headers })).status).toBe(200);
    }
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: true });
  });

  it.each([
    [422, "{ # a comment\n}", json],
    [422, "[]", json],
    [422, '{"model":"gpt-4o"}', {}],
    [400, '{"model":"llama3.1"}', json],
    [200, '{"model":"llama3.1:latest"}', json],
  ])("with %i to the completion %s", async (status, body, headers) => {
    const { url, apiKey } = await start();
    const request = { method: "POST", body, headers: { ...headers, authorization: `Bearer ${apiKey}` } };
    expect((await fetch(`${url}/api/chat/completions`, request)).status).toBe(status);
  });

  it("to others when a client hangs up in the middle of its request", async () => {
    const { url } = await start();
    const half = connect(Number(new URL(url).port), "127.0.0.1");
    half.write("POST /api/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    await fetch(`${url}/health`);
    half.destroy();
    await once(half, "close");
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it("and keeps a record that holds no key", async () => {
    const standIn = await start();
    await fetch(`${standIn.url}/api/models?key=${standIn.apiKey}`, { headers: { "x-api-key": standIn.apiKey } });
    expect(standIn.requests).toEqual([{ method: "GET", path: "/api/models", status: 200 }]);
  });
});

interface WrittenMonitor {
  readonly type: string;
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly jsonPath?: string;
  readonly expectedValue?: string;
}

/** The keys of the monitors of the file at the top that would be down, by a plain reading of what Uptime Kuma does. */
async function down({ url, apiKey }: StandIn): Promise<string[]> {
  const text = await readFile(new URL("../../monitors.yaml", import.meta.url), "utf8");
  const { monitors } = parse(text.replaceAll("${var:base}", url).replaceAll("${env:OPEN_WEBUI_API_KEY}", apiKey)) as {
    readonly monitors: Readonly<Record<string, WrittenMonitor>>;
  };
  const checked = Object.entries(monitors).filter(([, { type }]) => type !== "group");
  const verdicts = await Promise.all(checked.map(async ([key, monitor]) => ({ key, isUp: await isUp(monitor) })));
  return verdicts.filter(({ isUp: verdict }) => !verdict).map(({ key }) => key);
}

async function isUp({ type, url, method = "GET", headers = {}, body, ...query }: WrittenMonitor): Promise<boolean> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const signal = AbortSignal.timeout(2000);
  const response = await fetch(url, { method, headers: { ...json, ...headers }, ...sent, signal }).catch(
    () => undefined,
  );
  if (response?.status !== 200 || type === "http") return response?.status === 200;
  try {
    const value = (await jsonata(query.jsonPath ?? "$").evaluate(await response.json())) as unknown;
    return String(value) === query.expectedValue;
  } catch {
    return false;
  }
}

const models = ["models-any", "models-ollama", "model-gpt-4o", "models-required"];
const everything = ["health", "health-reply", ...models, "completion"];

/** What monitors.yaml notices of each state. The plain status check is green for a page, which is why it is not alone. */
const noticed: Readonly<Record<StandInState, readonly string[]>> = {
  healthy: [],
  "provider-down": ["completion"],
  "ollama-down": ["models-ollama"],
  "no-models": [...models, "completion"],
  "unhealthy-reply": ["completion"],
  "empty-reply": ["completion"],
  "cut-off-thinking": ["completion"],
  refusal: ["completion"],
  "null-reply": ["completion"],
  "error-with-200": ["completion"],
  "keys-disabled": [...models, "completion"],
  "database-down": [],
  html: everything.filter((key) => key !== "health"),
  hang: everything,
};

describe("monitors.yaml", () => {
  it("knows every state of the stand-in", () => {
    expect(stateNames.toSorted()).toEqual(Object.keys(noticed).toSorted());
  });

  it.each(Object.entries(noticed))("in the state %s has these monitors down: %j", async (state, keys) => {
    const standIn = await start();
    standIn.set(state as StandInState);
    expect(await down(standIn)).toEqual(keys);
  });
});
