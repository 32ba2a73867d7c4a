/** A service in a recorded state, on loopback. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { ServiceType } from "../../src/services/services.ts";
import { recordedPort, type RequestNames } from "./recorded-port.ts";

export interface RecordedServer {
  readonly url: string;
  /** `METHOD /path` of each request, and the headers that it had. */
  readonly requests: { readonly asked: string; readonly headers: string }[];
}

/** Ends with the test. What the state has no answer for in time ends the connection. */
export async function startRecorded(type: ServiceType, state: string, names: RequestNames): Promise<RecordedServer> {
  const port = recordedPort(type, state, names);
  const requests: RecordedServer["requests"] = [];
  const server = createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    requests.push({ asked: `${method} ${url}`, headers: JSON.stringify(headers) });
    port({ method: method as "GET" | "POST", url: `http://recorded${url}`, headers: {} }).then(
      ({ status, contentType, body }) => response.writeHead(status, { "content-type": contentType }).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

export const ollamaNames: RequestNames = {
  "GET /": "root",
  "GET /api/version": "version",
  "GET /api/tags": "tags",
  "POST /api/show": "show",
  "POST /api/chat": "chat",
};

export const litellmNames: RequestNames = {
  "GET /health/liveliness": "liveliness",
  "GET /health/readiness": "readiness",
  "GET /health/readiness/details": "details",
  "GET /openapi.json": "openapi",
  "GET /v1/models": "models",
  "POST /v1/chat/completions": "chat",
};

export const llamaCppNames: RequestNames = {
  "GET /health": "health",
  "GET /v1/models": "models-single",
  "GET /props": "props",
  "POST /v1/chat/completions": "chat",
};
