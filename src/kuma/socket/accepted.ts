import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { SocketEvent } from "./events.ts";
import { serverMessage } from "./server-message.ts";

/** The answer to `event`. Throws KumaError "rejected", with the server's reason, unless it says `ok`. */
export function accepted(event: SocketEvent, answer: unknown): JsonObject {
  if (isJsonObject(answer) && answer["ok"] === true) return answer;
  throw new KumaError("rejected", `${event}: ${serverMessage(isJsonObject(answer) ? answer["msg"] : undefined)}`);
}
