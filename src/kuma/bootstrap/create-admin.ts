/** Creates the administrator, over the socket or, on 3.x, over HTTP. */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import { serverMessage } from "../socket/server-message.ts";
import { pause } from "../socket/time-limit.ts";
import type { Wire } from "../socket/wire.ts";
import { setUpOverHttp, type FirstUser } from "./set-up-over-http.ts";

/** Milliseconds between two tries while another client creates its user. */
const askAgainMs = 250;

/** For a server without a user. Rejects with KumaError. */
export async function createAdmin(wire: Wire, user: FirstUser, has: { readonly socketLogin: boolean }): Promise<void> {
  const { username, password, timeoutMs, signal } = user;
  if (has.socketLogin) {
    checkSetup(await wire.call("setup", [username, password], { ms: timeoutMs, signal }));
    return;
  }
  const deadline = performance.now() + timeoutMs;
  while ((await setUpOverHttp(user)) === "busy" && performance.now() < deadline) await pause(askAgainMs, signal);
}

/** The answer to `setup`. If somebody else created the administrator in the meantime, the login shows it. */
function checkSetup(answer: unknown): void {
  if (isJsonObject(answer) && answer["ok"] === true) return;
  const text = isJsonObject(answer) && typeof answer["msg"] === "string" ? answer["msg"] : "";
  if (/has been initialized/i.test(text)) return;
  if (text === "passwordTooWeak" || /too weak/i.test(text)) {
    throw new KumaError("rejected", "the server takes no password as weak as this one", {
      hint: "at least 6 characters, of at least two kinds: small letters, capitals, digits, others",
    });
  }
  throw new KumaError("rejected", `the server did not create the administrator: ${serverMessage(text)}`);
}
