/**
 * When the server is ready for a login. 2.x attaches its handlers only after an awaited query, so that what is sent on
 * `connect` may be lost without a word (docs/upstream/uptime-kuma.md#events-sent-too-early); it then says
 * `loginRequired`, or `autoLogin` when login is switched off. 1.23 and 2.0.0-dev.0 attach them at once, but never say
 * `loginRequired`: only `info` comes.
 *
 * One rule serves all, with no waiting for a silence: the first of `setup`, `loginRequired` and `autoLogin` decides;
 * and when `info` came alone, we ask for something harmless that needs a login, the tags. Its answer proves that
 * handlers are attached, and says whether this socket is logged in: 2.x sends `autoLogin` only after all lists. Should
 * the question be lost, nothing is: then it was 2.x, and one of the three is on its way.
 */
import { isJsonObject } from "../../model/json.ts";
import type { Wire } from "./wire.ts";

export type Readiness =
  /** No user exists. */
  | "no-user"
  /** Login is switched off, and this socket is in. */
  | "logged-in"
  | "login-required"
  /** The server takes a login, and may yet say that none is needed (1.23 looks that up while it answers us). */
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
      // Not at once: on 2.x `loginRequired` stands most often in the same read of the socket.
      wire.on("info", () => void setImmediate(() => void ask().catch(() => {}))),
    );
  });
}
