/**
 * Where a server is, with the sub-path of a reverse proxy. Uptime Kuma itself knows no base path
 * (docs/upstream/uptime-kuma.md#sub-paths).
 */
import { UsageError } from "../model/errors.ts";

export interface ServerAddress {
  /** http or https, no credentials, no slash at the end. What is shown to people. */
  readonly url: string;
  /** `http://host:port`. */
  readonly origin: string;
  /** `""`, or the sub-path with a slash in front and none behind. */
  readonly basePath: string;
}

const httpProtocols = new Map([
  ["http:", "http:"],
  ["https:", "https:"],
  ["ws:", "http:"],
  ["wss:", "https:"],
]);

/** Throws UsageError, which never repeats the text: it may hold a password. */
export function parseServerAddress(text: string): ServerAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = httpProtocols.get(url?.protocol ?? "");
  if (url === undefined || protocol === undefined || url.hostname === "") {
    throw new UsageError("the address of the server is not a URL", "write it in full, like http://localhost:3001");
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(
      "the address of the server holds a user name or a password",
      "give them as KUMA_SYNC_USERNAME and KUMA_SYNC_PASSWORD: addresses end up in logs",
    );
  }
  const origin = `${protocol}//${url.host}`;
  const basePath = url.pathname.replace(/\/+$/, "");
  return { url: origin + basePath, origin, basePath };
}
