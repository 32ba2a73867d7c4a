/** A bare logged-in socket: what the server does with events that our client would not send. */
import { io } from "socket.io-client";
import type { JsonObject } from "../../src/model/json.ts";
import type { Database } from "./refusals.ts";

export interface RawSocket {
  /** The ack's argument. Rejects when there is none within 5 s. */
  call(event: string, ...args: readonly unknown[]): Promise<JsonObject>;
  /** Known once logged in: 2.x says it before it answers the login, 3.x soon after, and 1.23 has only SQLite. */
  database(): Database;
  /** Resolves with the reason when the socket goes away. */
  readonly closed: Promise<string>;
  close(): void;
}

/**
 * Logs in by password, once, for a token: the login limiter is global (docs/upstream/uptime-kuma.md#login-limit). On 3.x it is
 * the value of the session cookie.
 */
export async function passwordToken(url: string, username: string, password: string): Promise<string> {
  if (await isCookieServer(url)) return await sessionToken(url, username, password);
  const raw = await openRaw(url);
  const answer = await raw.call("login", { username, password, token: "" });
  raw.close();
  return answer["token"] as string;
}

async function isCookieServer(url: string): Promise<boolean> {
  const reply = await fetch(`${url}/api/auth/ok`);
  return reply.headers.get("content-type")?.includes("json") === true;
}

async function sessionToken(url: string, username: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(url).origin },
    body: JSON.stringify({ username, password }),
  });
  const cookie = reply.headers.getSetCookie().find((one) => one.startsWith(`${sessionCookie}=`));
  return cookie?.split(";")[0]?.slice(sessionCookie.length + 1) ?? "";
}

const sessionCookie = "better-auth.session_token";

export async function rawSocket(url: string, token: string): Promise<RawSocket> {
  if (await isCookieServer(url)) return await openRaw(url, `${sessionCookie}=${token}`);
  const raw = await openRaw(url);
  await raw.call("loginByToken", token);
  return raw;
}

async function openRaw(url: string, cookie?: string): Promise<RawSocket> {
  const { origin, pathname } = new URL(url);
  const path = `${pathname.replace(/\/$/, "")}/socket.io`;
  const extraHeaders = cookie === undefined ? {} : { cookie };
  const socket = io(origin, { path, transports: ["websocket"], forceNew: true, reconnection: false, extraHeaders });
  let database: Database = "sqlite";
  socket.on("info", (info: JsonObject) => {
    if (info["dbType"] === "mariadb" || info["dbType"] === "embedded-mariadb") database = "mariadb";
  });
  const closed = new Promise<string>((resolve) => {
    socket.once("disconnect", resolve);
  });
  await new Promise<void>((resolve, reject) => {
    // All versions attach their handlers before their first `info` is read here
    // (docs/upstream/uptime-kuma.md#events-sent-too-early).
    socket.once(cookie === undefined ? "info" : "session", () => setImmediate(resolve));
    socket.once("connect_error", reject);
  });
  return {
    call: async (event, ...args) => (await socket.timeout(5000).emitWithAck(event, ...args)) as JsonObject,
    database: () => database,
    closed,
    close: () => void socket.disconnect(),
  };
}
