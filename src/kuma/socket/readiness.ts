/**
 * Finds out when the server is ready for a login. 2.x attaches its handlers only after a database query, so an event
 * that is sent on `connect` may be lost (docs/upstream/uptime-kuma.md#events-sent-too-early). It then sends
 * `loginRequired`, or `autoLogin` if the login is switched off (3.x: `session`). 1.23 and 2.0.0-dev.0 attach them at once and never send
 * `loginRequired`, only `info`.
 *
 * One rule works for all, without waiting for silence: the first of `setup`, `loginRequired`, `autoLogin` and `session`
 * decides.
 * If only `info` arrives, kuma-sync requests the tags, which is harmless and needs a login. The answer shows that
 * handlers are attached, and whether this socket is logged in: 2.x sends `autoLogin` only after all lists. If the
 * request is lost, the server is a 2.x or newer, and one of these events will arrive.
 */
import { isJsonObject } from "../../model/json.ts";
import type { Wire } from "./wire.ts";

export type Readiness =
  /** No user exists. */
  | "no-user"
  /** Login is switched off, and this socket is in. */
  | "logged-in"
  | "login-required"
  /** A 3.x that answers nothing before somebody has signed in over HTTP. */
  | "silent"
  /** The server accepts a login, and may still report that none is needed (1.23 looks that up while it answers). */
  | "takes-login";

/** Must be called before the socket is opened. Stays pending when nothing comes. */
export function watchReadiness(wire: Wire, ms: number): Promise<Readiness> {
  return new Promise((resolve) => {
    let isDecided = false;
    const stops: (() => void)[] = [];
    const decide = (readiness: Readiness): void => {
      isDecided = true;
      for (const stop of stops) stop();
      resolve(readiness);
    };
    const ask = async (): Promise<void> => {
      if (isDecided) return;
      const answer = await wire.call("getTags", [], { ms });
      if (!isDecided) decide(isJsonObject(answer) && answer["ok"] === true ? "logged-in" : "takes-login");
    };
    stops.push(
      wire.on("setup", () => decide("no-user")),
      wire.on("loginRequired", () => decide("login-required")),
      wire.on("autoLogin", () => decide("logged-in")),
      // Only 3.x: the handshake had the cookie of a session, or the login is switched off.
      wire.on("session", () => decide("logged-in")),
      // Delayed, because on 2.x `loginRequired` usually arrives in the same read of the socket.
      wire.on("info", () => void setImmediate(() => void ask().catch(() => {}))),
    );
  });
}
