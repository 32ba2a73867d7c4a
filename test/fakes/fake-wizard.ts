/**
 * The HTTP side: the database step of 2.x, and the pages that answer everything else
 * (docs/upstream/uptime-kuma.md#database-wizard).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Json } from "../../src/model/json.ts";
import { isJsonObject } from "../../src/model/json.ts";
import { textOf } from "./fake-state.ts";

/** What the server is doing: asking for a database, migrating it, or its work. */
export type ServerStage = "database-step" | "migrating" | "ready";

export interface WizardContext {
  readonly hasDatabaseStep: boolean;
  readonly stage: () => ServerStage;
  /** The database was chosen. */
  readonly onChosen: (config: Json) => void;
  /** Called for each request that the migrating server turns away. */
  readonly onTurnedAway: () => void;
}

export async function serveHttp(
  request: IncomingMessage,
  response: ServerResponse,
  context: WizardContext,
): Promise<void> {
  const path = (request.url ?? "/").split("?")[0];
  const stage = context.stage();
  if (stage === "migrating") {
    context.onTurnedAway();
    return send(response, 404, "text/plain", "Not Found");
  }
  if (path === "/api/entry-page") {
    return sendJson(
      response,
      200,
      stage === "ready" ? { type: "entryPage", entryPage: "dashboard" } : { type: "setup-database" },
    );
  }
  if (path === "/setup-database-info" && context.hasDatabaseStep) {
    return sendJson(response, 200, { runningSetup: false, needSetup: stage === "database-step" });
  }
  if (path === "/setup-database" && request.method === "POST" && stage === "database-step") {
    const body: unknown = JSON.parse(await text(request));
    const config = isJsonObject(body) ? (body["dbConfig"] ?? null) : null;
    const refusal = refusalOf(config);
    if (refusal !== undefined) return sendJson(response, 400, refusal);
    response.once("finish", () => context.onChosen(config));
    return sendJson(response, 200, { ok: true });
  }
  send(response, 200, "text/html", "<!DOCTYPE html><title>Uptime Kuma</title>");
}

function refusalOf(config: Json): string | undefined {
  if (!isJsonObject(config)) return "Invalid dbConfig";
  if (config["type"] === "sqlite") return undefined;
  if (config["type"] !== "mariadb") return "Unsupported Database Type";
  if (!config["hostname"]) return "Hostname is required";
  return config["hostname"] === "127.0.0.9"
    ? `Cannot connect to the database: refused for ${textOf(config["username"])}/${textOf(config["password"])}`
    : undefined;
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

function sendJson(response: ServerResponse, status: number, value: Json): void {
  send(response, status, "application/json; charset=utf-8", JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type }).end(body);
}
