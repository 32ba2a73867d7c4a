#!/usr/bin/env node
/**
 * A stand-in for Open WebUI: NOT Open WebUI, none of its code, no model behind it. It answers the addresses that monitors
 * ask, on loopback, with the statuses and bodies of Open WebUI 0.11.0, and it can be broken on purpose, which a real one
 * rarely allows. Use it to see monitors go green and red without an installation.
 *
 *   node examples/open-webui/stand-in.mjs --port 8090 [--state provider-down]
 *
 * With STAND_IN_API_KEY in the environment it asks for that key.
 *
 * What it copies on purpose, because it fools naive monitors: an unknown path, a slash too many and a wrong method all
 * answer 200 with a web page; and the model list stays as it was when every provider is down.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const models = [
  { id: "gpt-4o", owned_by: "openai" },
  { id: "gpt-4o-mini", owned_by: "openai" },
  // The id of an Ollama model always carries its tag.
  { id: "llama3.1:latest", owned_by: "ollama" },
  // A function of the instance's own: it needs no provider, and none lists it.
  { id: "echo_pipe", owned_by: "openai", isPipe: true },
];

/** How each state differs from a healthy instance. A reply is [status, body]; a body that is text is sent as HTML. */
const states = {
  healthy: {},
  /** /health and /api/models stay green: Open WebUI checks no provider for one and repeats its last list for the other. */
  "provider-down": { lists: [], completion: [400, { detail: "Open WebUI: Server Connection Error" }] },
  "ollama-down": { models: models.filter((model) => model.owned_by !== "ollama") },
  /** Also what an account sees that was granted no model. */
  "no-models": { models: [], lists: [] },
  "unhealthy-reply": { content: "UNHEALTHY" },
  "empty-reply": { content: "" },
  "cut-off-thinking": { content: "<think>\nThe user wants the word HEALTHY, so I will" },
  refusal: { content: "I'm sorry, but I can't assist with that request." },
  /** Releases 0.6.27 to 0.9.1 answered a failed completion like this. */
  "null-reply": { completion: [200, null] },
  "error-with-200": { completion: [200, { error: { message: "Provider returned error", code: 502 } }] },
  "keys-disabled": { refusal: [403, { detail: "Use of API key is not enabled in the environment." }] },
  "database-down": { ready: [503, { detail: "Database not ready" }] },
  /** A backend that is gone behind something that serves a page for everything. */
  html: { everything: true },
  /** A blocked event loop: connections are accepted and nothing is ever answered. */
  hang: { silence: true },
};

const page = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Open WebUI (stand-in)</title></head>
  <body>The page that stands for the single-page application.</body>
</html>
`;

export const stateNames = Object.keys(states);

/** See stand-in.d.mts. */
export async function startStandIn({ port = 0, apiKey = `sk-${randomUUID().replaceAll("-", "")}` } = {}) {
  let state = states.healthy;
  const requests = [];

  const server = createServer((request, response) => {
    if (state.silence) return;
    // A client that goes away in the middle of its request is none of the others' business.
    respond(request, response).catch(() => response.destroy());
  });

  async function respond(request, response) {
    const [status, body] = await answer(request, { state, apiKey });
    requests.push({ method: request.method, path: new URL(request.url, "http://stand-in").pathname, status });
    const isPage = typeof body === "string";
    response.writeHead(status, {
      server: "kuma-sync-stand-in",
      "content-type": isPage ? "text/html; charset=utf-8" : "application/json",
    });
    response.end(isPage ? body : JSON.stringify(body));
  }

  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    apiKey,
    requests,
    set(name) {
      if (!Object.hasOwn(states, name))
        throw new RangeError(`unknown state "${name}"; known: ${stateNames.join(", ")}`);
      state = states[name];
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function answer(request, { state, apiKey }) {
  const path = new URL(request.url, "http://stand-in").pathname;
  const body = await readBody(request);
  if (state.everything) return [200, page];
  const route = routes[`${request.method} ${path}`];
  if (route !== undefined) {
    const refused = route.isOpen ? undefined : (refusal(request, apiKey) ?? state.refusal);
    return refused ?? route.reply({ state, body, contentType: request.headers["content-type"] ?? "" });
  }
  // The web page is mounted last and takes what no route took, a known path with the wrong method included.
  if (request.method !== "GET" && request.method !== "HEAD") return [405, { detail: "Method Not Allowed" }];
  return path.endsWith(".js") ? [404, { detail: "Not Found" }] : [200, page];
}

const open = (reply) => ({ isOpen: true, reply });
const keyed = (reply) => ({ isOpen: false, reply });

const alive = open(() => [200, { status: true }]);
const modelList = keyed(({ state }) => [200, { data: (state.models ?? models).map(modelItem) }]);
const completion = keyed(complete);
const owned = (state, owner) =>
  (state.lists ?? state.models ?? models).filter((model) => model.owned_by === owner && !model.isPipe);

const routes = {
  "GET /health": alive,
  "GET /health/db": alive,
  "GET /ready": open(({ state }) => state.ready ?? [200, { status: true }]),
  "GET /api/version": open(() => [200, { version: "0.11.0", deployment_id: "" }]),
  "GET /api/config": open(() => [
    200,
    { status: true, name: "Open WebUI (stand-in)", version: "0.11.0", features: {} },
  ]),
  "GET /api/models": modelList,
  "GET /api/v1/models": modelList,
  "POST /api/chat/completions": completion,
  "POST /api/v1/chat/completions": completion,
  // These two ask the providers anew, which is why a provider that is down shows here.
  "GET /openai/models": keyed(({ state }) => [200, { data: owned(state, "openai").map(modelItem) }]),
  "GET /ollama/api/tags": keyed(({ state }) => [200, { models: owned(state, "ollama").map(ollamaItem) }]),
  "GET /ollama/api/version": keyed(({ state }) =>
    owned(state, "ollama").length > 0
      ? [200, { version: "0.12.3" }]
      : [500, { detail: "WebUI could not connect to Ollama" }],
  ),
};

/** What Open WebUI says to a key that it does not take; undefined for the right one. */
function refusal(request, apiKey) {
  const { authorization = "", "x-api-key": header } = request.headers;
  const [scheme, token] = authorization.split(" ");
  const key = header ?? token;
  if (key === apiKey && (header !== undefined || scheme.toLowerCase() === "bearer")) return undefined;
  if (key === undefined || key === "") return [401, { detail: "Not authenticated" }];
  if (!key.startsWith("sk-")) return [401, { detail: "401 Unauthorized" }];
  return [401, { detail: "Your session has expired or the token is invalid. Please sign in again." }];
}

function complete({ state, body, contentType }) {
  const asked = contentType.startsWith("application/json") ? parse(body) : undefined;
  if (typeof asked !== "object" || asked === null || Array.isArray(asked)) {
    return [422, { detail: [{ type: "json_invalid", loc: ["body"], msg: "JSON decode error" }] }];
  }
  const model = (state.models ?? models).find(({ id }) => id === asked.model);
  if (model === undefined) return [400, { detail: "Model not found" }];
  if (state.completion !== undefined) return state.completion;
  const message = { role: "assistant", content: state.content ?? "HEALTHY" };
  return [
    200,
    {
      id: `chatcmpl-${randomUUID()}`,
      object: "chat.completion",
      created: now(),
      model: model.id,
      choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
      usage: { prompt_tokens: 13, completion_tokens: 3, total_tokens: 16 },
    },
  ];
}

function modelItem({ id, owned_by, isPipe }) {
  const item = { id, name: id, object: "model", created: 1_721_172_741, owned_by, actions: [], filters: [], tags: [] };
  if (owned_by === "ollama") return { ...item, connection_type: "local", ollama: ollamaItem({ id }) };
  if (isPipe) return { ...item, pipe: { type: "pipe" } };
  return { ...item, connection_type: "external", openai: { id, object: "model", owned_by: "system" }, urlIdx: 0 };
}

function ollamaItem({ id }) {
  return { name: id, model: id, size: 4_920_753_328, details: { family: "llama", parameter_size: "8.0B" }, urls: [0] };
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function now() {
  return Math.floor(Date.now() / 1000);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = { port: { type: "string" }, state: { type: "string" } };
  const { values } = parseArgs({ options });
  const standIn = await startStandIn({ port: Number(values.port ?? 8090), apiKey: process.env["STAND_IN_API_KEY"] });
  if (values.state !== undefined) standIn.set(values.state);
  console.log(`A stand-in for Open WebUI (not the real one) answers at ${standIn.url}`);
  console.log(`State: ${values.state ?? "healthy"}, of ${stateNames.join(", ")}`);
  console.log(`API key: ${standIn.apiKey}`);
}
