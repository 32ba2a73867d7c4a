/** Creates the first user of a 3.x, over HTTP (docs/upstream/uptime-kuma.md#first-user-of-3x). */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import { userNameOn3 } from "../login/user-names.ts";
import type { ServerAddress } from "../server-address.ts";
import { httpRequest, replyJson } from "../socket/http-request.ts";
import { networkError } from "../socket/network-error.ts";
import { serverMessage } from "../socket/server-message.ts";

export interface FirstUser {
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  readonly username: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What 3.x itself asks for when a password is changed; at the first user it takes any, even none. */
const passwordLength = { min: 8, max: 128 } as const;

/** `busy`: somebody else is creating one right now. Rejects with KumaError; nothing was created then. */
export async function setUpOverHttp(user: FirstUser): Promise<"done" | "already" | "busy"> {
  const { address, tls, username, password, timeoutMs, signal } = user;
  checkName(username);
  checkPassword(password);
  const json = { username, password };
  const reply = await httpRequest(address, "/api/setup", {
    tls,
    timeoutMs,
    json,
    headers: { origin: address.origin },
    signal,
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw (
      networkError(error, address.url) ?? new KumaError("unreachable", `cannot reach ${address.url}`, { cause: error })
    );
  });
  const body = replyJson(reply);
  if (reply.status === 200 && isJsonObject(body) && body["ok"] === true) return "done";
  const text = isJsonObject(body) && typeof body["msg"] === "string" ? body["msg"] : "";
  if (/has been initialized/iu.test(text)) return "already";
  if (/already in progress/iu.test(text)) return "busy";
  if (/has expired/iu.test(text)) throw expired(address.url);
  if (text === "") {
    throw new KumaError("not-uptime-kuma", `${address.url} answered /api/setup with status ${reply.status}`, {
      hint: "let /api/ pass at the proxy in front of it, or use an address behind it",
    });
  }
  throw new KumaError("rejected", `the server did not create the administrator: ${serverMessage(text)}`);
}

/** The server takes some names at this point that its own log-in then refuses. */
function checkName(username: string): void {
  if (userNameOn3(username) === "taken") return;
  throw new KumaError("rejected", `Uptime Kuma 3.x cannot log in a user named "${username}"`, {
    hint: "3 to 30 letters, digits, _ and . (no . at an end, nor two together); the user was not created",
  });
}

function checkPassword(password: string): void {
  const { length } = password;
  if (length >= passwordLength.min && length <= passwordLength.max) return;
  const what =
    length === 0 ? "the password is empty" : `the password has ${length} ${length === 1 ? "character" : "characters"}`;
  throw new KumaError("rejected", `${what}, and Uptime Kuma 3.x would take it now and refuse it later`, {
    hint: `give one of ${passwordLength.min} to ${passwordLength.max} characters; the user was not created`,
  });
}

function expired(url: string): KumaError {
  return new KumaError(
    "rejected",
    `Uptime Kuma at ${url} takes its first user only within ten minutes after its start`,
    {
      hint: "restart Uptime Kuma, and run bootstrap within ten minutes",
    },
  );
}
