import { UsageError } from "../../model/errors.ts";
import type { ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { urlSecrets } from "../../secrets/url-credentials.ts";

/** The address of the server, from the flag or the environment. A password in it is known to the redactor from here on. */
export function readUrl({ context, flags }: Run<Pick<ServerFlags, "url">>): string {
  const url = flags.url ?? context.env["KUMA_SYNC_URL"] ?? "";
  context.redactor.add(urlSecrets(url));
  if (url === "")
    throw new UsageError("no server is named", "set KUMA_SYNC_URL, or give --url, such as https://kuma.example.com");
  return url;
}

/** Addresses may hold a user and a password, which are for the proxy in front and not for the screen. */
export function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/\s]*@/u, "//");
}
