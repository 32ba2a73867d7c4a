/**
 * What the server shows to everybody over HTTP: status pages and the icons uploaded for them
 * (docs/upstream/uptime-kuma.md#public-page).
 */
import type { ServerResponse } from "node:http";
import type { FakeState } from "./fake-state.ts";
import { publicPageJson } from "./fake-status-pages.ts";

/** False for a path that is none of these. */
export function servePublic(state: FakeState, url: string, response: ServerResponse): boolean {
  const path = url.split("?")[0] ?? "";
  const slug = /^\/api\/status-page\/([^/]+)$/u.exec(path)?.[1];
  if (slug !== undefined) {
    const page = publicPageJson(state, decodeURIComponent(slug));
    if (page !== undefined) sendJson(response, page.status, page.body);
    return true;
  }
  if (path === "/api/entry-page") {
    // An undefined value is no member of what goes out.
    sendJson(response, 200, { type: "entryPage", entryPage: state.entryPage });
    return true;
  }
  if (!path.startsWith("/upload/")) return false;
  const file = state.uploads.get(path);
  if (file === undefined) response.writeHead(404, { "content-type": "text/html" }).end("File not found.");
  else response.writeHead(200, { "content-type": "image/png" }).end(file);
  return true;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
}
