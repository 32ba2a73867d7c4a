/** Addresses of push monitors as text: for people, for a shell, and for files with variables. */
import { localKey } from "../model/entity.ts";
import type { PushUrl } from "../model/push-url.ts";
import { inert } from "./inert.ts";

export const pushUrlForms = ["url", "full", "env", "sh"] as const;
export type PushUrlForm = (typeof pushUrlForms)[number];

/** What a call says that has nothing else to say, as Uptime Kuma's page shows it. */
const usualParameters = "?status=up&msg=OK&ping=";

/**
 * One line for each. `url` and `full` (with parameters) have the key in front, unless `isOnly`: then the line is the
 * address, for `$(…)`. `env` and `sh` set a variable for each.
 */
export function pushUrlsText(urls: readonly PushUrl[], form: PushUrlForm, isOnly: boolean): string {
  const width = Math.max(0, ...urls.map(({ key }) => key.length));
  const line = ({ key, url }: PushUrl): string => {
    if (form === "env") return `${pushUrlVariable(key)}=${url}`;
    if (form === "sh") return `export ${pushUrlVariable(key)}='${url}'`;
    const address = form === "full" ? url + usualParameters : url;
    return isOnly ? address : `${key.padEnd(width)}  ${address}`;
  };
  return urls.map((one) => `${inert(line(one))}\n`).join("");
}

/** `monitor/nightly-backup` is `NIGHTLY_BACKUP_PUSH_URL`. */
export function pushUrlVariable(key: PushUrl["key"]): string {
  const words = localKey(key)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/gu, "_");
  return `${/^[A-Z]/u.test(words) ? "" : "MONITOR_"}${words}_PUSH_URL`;
}
