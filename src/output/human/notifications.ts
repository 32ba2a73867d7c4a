import type { NotificationTestBody } from "../../model/document-bodies.ts";
import { inert } from "../inert.ts";
import type { TextOptions } from "../style.ts";

/** The result of sending a test message in one line, with the server's message. */
export function renderNotificationTest(
  { key, name, provider, result, message }: NotificationTestBody,
  { style }: TextOptions,
): string {
  const state = result === "sent" ? style.green("SENT") : style.red("REFUSED");
  const said = message === "" ? "" : `: ${inert(message)}`;
  return `${state}  ${style.bold(inert(name ?? key))} by ${inert(provider)}${said}\n`;
}
